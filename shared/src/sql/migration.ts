import type { RawBuilder, sql, Transaction } from 'kysely';

/** The column types that a migration may use, spelt for the database at hand. */
export interface ColumnTypes {
  /** An id, a code, a state: up to `length` ASCII characters, compared byte by byte. */
  key(length: number): RawBuilder<string>;
  /** Text for people, up to `length` characters (at most 4000). */
  text(length: number): RawBuilder<string>;
  /** Text without limit: JSON, mostly. */
  readonly longText: RawBuilder<string>;
  /** Whole numbers within ±2^53; read as a JavaScript number. */
  readonly whole: RawBuilder<number>;
  /** ISO 8601 in UTC with milliseconds, 24 characters; sorts as time does. */
  readonly instant: RawBuilder<string>;
}

/** What a migration can ask for that the two databases spell differently. */
export interface DialectStatements {
  /** For what the schema builder has no words for. Handed in: a Function App loads Kysely only when it is first asked for. */
  readonly sql: typeof sql;
  /** After these no row of the table can be changed or removed, whoever asks. */
  appendOnly(table: string): readonly RawBuilder<unknown>[];
  dropIndex(index: string, table: string): RawBuilder<unknown>;
}

/** Forwards only: a migration that has been released is never edited, only followed. */
export interface Migration {
  /** Sorts in the order of running: `0001-orders`. */
  readonly name: string;
  up(tx: Transaction<unknown>, types: ColumnTypes, statements: DialectStatements): Promise<void>;
}
