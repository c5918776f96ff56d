import { readQuery } from './kusto';
import type { Row } from './telemetry';

/**
 * What is wrong with a query, given what was really sent: it parses, all its columns are published ones, its tables are written to,
 * and each text in it is a name that was sent, or a key or a value of what was sent under the names that it speaks of.
 */
export function faultsOf(query: string, sent: readonly Row[]): readonly string[] {
  const { faults, tables, literals } = readQuery(query);
  if (faults.length > 0) return faults;
  if (tables.length === 0) return ['it asks no table'];
  const inTables = sent.filter(({ table }) => tables.includes(table));
  const silent = tables.filter((table) => !inTables.some((row) => row.table === table));
  if (silent.length > 0) return silent.map((table) => `nothing is sent to ${table}`);
  const spokenOf = inTables.filter(({ name }) => name === undefined || literals.includes(name));
  const said = new Set(
    spokenOf.flatMap(({ name, properties }) => [name, ...Object.entries(properties).flat()]),
  );
  return literals.filter((literal) => !said.has(literal)).map((literal) => `'${literal}' is never sent`);
}
