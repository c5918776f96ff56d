import type { ISqlType, ISqlTypeFactory } from 'mssql';

type Types = typeof import('mssql');
type Type = ISqlType | ISqlTypeFactory;

/**
 * The type of a parameter, said outright: the driver would guess, by the value, and one statement would have as many plans as
 * there are lengths of text. Text in ASCII goes as varchar, so that an index over keys, which are varchar, can be used.
 */
export function typeOf(sql: Types, value: unknown): Type {
  switch (typeof value) {
    case 'string':
      if (/^[\0-\x7f]*$/.test(value)) return sql.VarChar(value.length <= 8000 ? 8000 : sql.MAX);
      return sql.NVarChar(value.length <= 4000 ? 4000 : sql.MAX);
    case 'number':
      if (Number.isSafeInteger(value)) return sql.BigInt;
      if (Number.isInteger(value) || !Number.isFinite(value)) break;
      return sql.Float;
    case 'bigint':
      return sql.BigInt;
    case 'boolean':
      return sql.Bit;
    case 'object':
      if (value === null) return sql.VarChar(1);
      if (value instanceof Uint8Array) return sql.VarBinary(sql.MAX);
      break;
    default:
  }
  throw new TypeError(`not a value that a column holds: ${typeof value}`);
}
