import type { Instant } from './instant';

/** Time is handed in: the machine's on azure and embedded, the scheduler's in a simulation. */
export interface Clock {
  now(): Instant;
  /** Resolves once `milliseconds` have passed on this clock. */
  sleep(milliseconds: number): Promise<void>;
}
export const Clock = Symbol('Clock');
