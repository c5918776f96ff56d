export type UnavailableReason =
  | 'timed-out' // no answer in time: what was asked for may have happened
  | 'resting' // it failed too often of late and is left alone: nothing was asked of it
  | 'full'; // as much is under way as may be: nothing was asked of it

/** A policy gave up on a dependency, or did not let the call through. */
export class Unavailable extends Error {
  override readonly name = 'Unavailable';
  constructor(
    readonly dependency: string,
    readonly reason: UnavailableReason,
    options?: ErrorOptions,
  ) {
    super(`${dependency}: ${reason}`, options);
  }
}
