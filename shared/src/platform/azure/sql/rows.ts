import type { IRecordSet, ISqlTypeFactory } from 'mssql';

export type Row = Record<string, unknown>;

/** The driver gives bigint as text; the port promises numbers. */
export function withNumbers(rows: IRecordSet<Row> | undefined, bigint: ISqlTypeFactory): Row[] {
  if (rows === undefined) return [];
  const whole = Object.values(rows.columns)
    .filter(({ type }) => type === bigint)
    .map(({ name }) => name);
  if (whole.length > 0)
    for (const row of rows) for (const name of whole) row[name] = asNumber(row[name], name);
  return [...rows];
}

function asNumber(value: unknown, column: string): unknown {
  if (typeof value !== 'string') return value;
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw new RangeError(`${column} is beyond what a number holds exactly`);
  return number;
}
