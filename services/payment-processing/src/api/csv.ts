import { minorDigits, type Money } from '@boxoffice/shared/kernel';

/** A number that we wrote ourselves; anything else is text. */
export type Cell = string | Money | undefined;

/** RFC 4180, in UTF-8 with a mark at the start, for spreadsheets know it by that. */
export function csv(header: readonly string[], rows: readonly (readonly Cell[])[]): Uint8Array {
  const lines = [header.map(text), ...rows.map((row) => row.map(cell))].map((cells) => cells.join(','));
  return Buffer.from(`\uFEFF${lines.join('\r\n')}\r\n`);
}

const cell = (value: Cell): string =>
  value === undefined ? '' : typeof value === 'string' ? text(value) : decimal(value);

/**
 * A spreadsheet runs what begins like a formula. With an apostrophe before it, it shows it as text.
 * OWASP, CSV Injection; see also CVE-2023-2258.
 */
function text(value: string): string {
  const harmless = /^[\s]*[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/.test(value) ? `'${value}` : value;
  return /["',\r\n;]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** `-12.50`, whatever the language. */
export function decimal({ amountMinor, currency }: Money): string {
  const digits = minorDigits(currency);
  const padded = String(Math.abs(amountMinor)).padStart(digits + 1, '0');
  const whole = padded.slice(0, padded.length - digits);
  const sign = amountMinor < 0 ? '-' : '';
  return digits === 0 ? sign + whole : `${sign}${whole}.${padded.slice(-digits)}`;
}
