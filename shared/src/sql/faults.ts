export type SqlFaultReason =
  | 'UniqueViolation' // 2627, 2601; SQLITE_CONSTRAINT_PRIMARYKEY, _UNIQUE: a row with that key exists
  | 'Transient' // 1205 deadlock victim, 40613 and their like, after the platform's own retries: nothing was written
  | 'OutcomeUnknown'; // the connection broke during the commit

export class SqlFault extends Error {
  override readonly name = 'SqlFault';
  constructor(
    readonly reason: SqlFaultReason,
    detail: string,
    options?: ErrorOptions,
  ) {
    super(`${reason}: ${detail}`, options);
  }
}

export const isSqlFault = (error: unknown, ...reasons: readonly SqlFaultReason[]): error is SqlFault =>
  error instanceof SqlFault && (reasons.length === 0 || reasons.includes(error.reason));

/** Another has changed the row since it was read: decide again with what it is now. */
export class StaleVersion extends Error {
  override readonly name = 'StaleVersion';
}
