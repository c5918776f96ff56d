import type { Value } from './reader';

/** What a server refuses with: its number and text. */
export class SqlError extends Error {
  override readonly name = 'SqlError';
  constructor(
    readonly number: number,
    message: string,
  ) {
    super(message);
  }
}

export interface Outcome {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Value[])[];
  readonly affected: number;
}
