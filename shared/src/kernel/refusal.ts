/**
 * A rule said no. Not a fault: nothing is broken, nothing was changed, and the asker is told why.
 * `code` is stable and part of the API; each service's `problems.ts` gives it an HTTP status.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  constructor(
    readonly code: string,
    detail: string,
    /** Members added to the problem+json; never personal data. */
    readonly facts: Readonly<Record<string, unknown>> = {},
  ) {
    super(detail);
  }
}
