import type { TaxRow } from './tax-rows';

/** The operator's rows, as JSON: `[{ "country": "US", "region": "IL", "category": "standard", "name": "Amusement tax", "percent": 9, "from": "2024-01-01" }]`. Throws an Error that names every fault. */
export function readTaxRates(text: string): readonly TaxRow[] {
  const rows = parsed(text);
  const faults = rows.flatMap((row, i) => faultsOf(row).map((fault) => `row ${i + 1}: ${fault}`));
  if (faults.length > 0) throw new Error(faults.join(', '));
  return rows as readonly TaxRow[];
}

function parsed(text: string): readonly unknown[] {
  const rows = ((): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      return undefined;
    }
  })();
  if (!Array.isArray(rows)) throw new Error('not a list of rows in JSON');
  return rows as readonly unknown[];
}

const checks: Readonly<Record<keyof TaxRow, readonly [string, (value: unknown) => boolean]>> = {
  country: ['two capital letters', (value) => matches(value, /^[A-Z]{2}$/)],
  region: [
    'up to three capital letters or digits',
    (value) => value === undefined || matches(value, /^[A-Z\d]{1,3}$/),
  ],
  category: ['standard or reduced', (value) => value === 'standard' || value === 'reduced'],
  name: ['1 to 40 characters', (value) => matches(value, /^[^\p{Cc}]{1,40}$/u)],
  percent: [
    'a number from 0 to 100, with at most five decimals',
    (value) => typeof value === 'number' && value >= 0 && value <= 100 && Number(value.toFixed(5)) === value,
  ],
  from: ['a day: 2027-01-01', isDay],
  until: ['a day: 2027-01-01', (value) => value === undefined || isDay(value)],
};

function faultsOf(row: unknown): readonly string[] {
  if (typeof row !== 'object' || row === null) return ['not an object'];
  const given = row as Readonly<Record<string, unknown>>;
  const wrong = Object.entries(checks)
    .filter(([member, [, holds]]) => !holds(given[member]))
    .map(([member, [rule]]) => `${member} is not ${rule}`);
  const strange = Object.keys(given)
    .filter((member) => !Object.hasOwn(checks, member))
    .map((member) => `${member} is not known`);
  const { from, until } = given;
  const ends =
    isDay(from) && isDay(until) && String(until) <= String(from) ? ['until is not after from'] : [];
  return [...wrong, ...strange, ...ends];
}

const matches = (value: unknown, pattern: RegExp): boolean =>
  typeof value === 'string' && pattern.test(value);

/** A date that the calendar has. */
function isDay(value: unknown): boolean {
  if (!matches(value, /^\d{4}-\d\d-\d\d$/)) return false;
  const day = new Date(`${String(value)}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(String(value));
}
