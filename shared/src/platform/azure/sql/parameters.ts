import type * as Mssql from 'mssql';

type Type = Mssql.ISqlType | (() => Mssql.ISqlType);

/**
 * The type of a parameter, said outright: the driver would guess, by the value, and one statement would have as many plans as
 * there are lengths of text. Text in ASCII goes as varchar, so that an index over keys, which are varchar, can be used; the
 * driver can't write varchar to a server that has named no collation.
 */
export function typeOf(
  sql: typeof Mssql,
  value: unknown,
  { collated }: { readonly collated: boolean },
): Type {
  switch (typeof value) {
    case 'string':
      if (collated && /^[\0-\x7f]*$/.test(value)) return sql.VarChar(value.length <= 8000 ? 8000 : sql.MAX);
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
      if (value === null) return sql.NVarChar(1);
      if (value instanceof Uint8Array) return sql.VarBinary(sql.MAX);
      break;
    default:
  }
  throw new TypeError(`not a value that a column holds: ${typeof value}`);
}
