import { parse } from 'csv-parse/sync';
import { atLocalTime, isCurrency, isTimeZone, minorDigits, type Instant } from '@boxoffice/shared/kernel';
import type { ImportEntry, ImportedTicketType } from './imported-event';

/** The columns of the CSV, in any order; the first line names them. Times are those of the venue's clock. */
export const columns = {
  required: [
    'title',
    'venue',
    'street',
    'city',
    'country',
    'time_zone',
    'starts_at',
    'ends_at',
    'currency',
    'tickets',
  ],
  optional: ['description', 'category'],
} as const;

type Row = Readonly<Record<string, string>>;

/**
 * RFC 4180, UTF-8, comma or semicolon. `tickets` is `name:price:capacity` a type, joined by `|`: `Stalls:48.00:240|Standing:12:40`.
 * Cells are text: nothing in them is calculated. Throws Error when the file as a whole can't be read.
 */
export function readTable(text: string): readonly ImportEntry[] {
  const [heading = ''] = text.replace(/^\uFEFF/, '').split(/\r?\n/, 1);
  const delimiter = heading.split(';').length > heading.split(',').length ? ';' : ',';
  const rows = parse(text, {
    bom: true,
    delimiter,
    info: true,
    skip_empty_lines: true,
    relax_column_count: true,
  }) as unknown as readonly {
    readonly record: readonly string[];
    readonly info: { readonly lines: number };
  }[];
  const names = (rows[0]?.record ?? []).map((name) => name.trim().toLowerCase());
  const missing = columns.required.filter((name) => !names.includes(name));
  const known: readonly string[] = [...columns.required, ...columns.optional];
  const unknown = names.filter((name) => !known.includes(name));
  if (missing.length > 0 || unknown.length > 0) {
    const faults = [
      ...(missing.length > 0 ? [`columns are missing: ${missing.join(', ')}`] : []),
      ...(unknown.length > 0 ? [`columns are unknown: ${unknown.join(', ')}`] : []),
    ];
    throw new Error(`${faults.join('; ')}. The first line names the columns: ${known.join(', ')}.`);
  }
  return rows.slice(1).map(({ record, info }) => {
    const where = `line ${info.lines}`;
    if (record.length !== names.length) {
      const reasons = [`has ${record.length} cells, the first line has ${names.length}`];
      return { refused: { where, title: record[names.indexOf('title')] ?? '', reasons } };
    }
    return readRow(where, Object.fromEntries(names.map((name, i) => [name, (record[i] ?? '').trim()])));
  });
}

function readRow(where: string, row: Row): ImportEntry {
  const reasons: string[] = [];
  const cell = (name: string): string => row[name] ?? '';
  for (const name of columns.required) if (cell(name) === '') reasons.push(`${name} is empty`);

  const timeZone = cell('time_zone');
  const knownZone = timeZone !== '' && isTimeZone(timeZone);
  if (timeZone !== '' && !knownZone) reasons.push(`time_zone is no IANA zone: ${timeZone}`);
  const moment = (name: string): Instant | undefined => {
    const at = knownZone ? atLocalTime(cell(name).replace(' ', 'T'), timeZone) : undefined;
    if (knownZone && cell(name) !== '' && at === undefined)
      reasons.push(`${name} is no date and time like 2027-03-01 19:30: ${cell(name)}`);
    return at;
  };
  const startsAt = moment('starts_at');
  const endsAt = moment('ends_at');
  if (startsAt !== undefined && endsAt !== undefined && endsAt <= startsAt)
    reasons.push('ends_at is not after starts_at');

  const currency = cell('currency').toUpperCase();
  const knownCurrency = isCurrency(currency);
  if (currency !== '' && !knownCurrency) reasons.push(`currency is no ISO 4217 code: ${currency}`);
  if (cell('country') !== '' && !/^[A-Za-z]{2}$/.test(cell('country')))
    reasons.push(`country is no ISO 3166-1 code of two letters: ${cell('country')}`);
  const ticketTypes =
    cell('tickets') === '' ? [] : readTickets(cell('tickets'), knownCurrency ? currency : undefined, reasons);

  if (reasons.length > 0 || startsAt === undefined || endsAt === undefined)
    return { refused: { where, title: cell('title'), reasons } };
  return {
    event: {
      where,
      title: cell('title'),
      description: cell('description'),
      category: cell('category'),
      venue: {
        name: cell('venue'),
        street: cell('street'),
        city: cell('city'),
        country: cell('country').toUpperCase(),
      },
      timeZone,
      startsAt,
      endsAt,
      currency,
      ticketTypes,
    },
  };
}

function readTickets(text: string, currency: string | undefined, reasons: string[]): ImportedTicketType[] {
  return text.split('|').flatMap((part) => {
    // A name may hold colons; the last two parts are numbers.
    const [, name = '', price = '', capacity = ''] = /^(.+):([^:]+):([^:]+)$/.exec(part.trim()) ?? [];
    if (name === '') {
      reasons.push(`tickets has a part that is not name:price:capacity: ${part.trim()}`);
      return [];
    }
    const digits = currency === undefined ? 4 : minorDigits(currency);
    const isPrice =
      new RegExp(`^\\d{1,9}(?:\\.\\d{1,${Math.max(digits, 1)}})?$`).test(price.trim()) &&
      !(digits === 0 && price.includes('.'));
    if (!isPrice)
      reasons.push(
        `price of ${name} is no amount${currency === undefined ? '' : ` in ${currency}`}: ${price.trim()}`,
      );
    const isCapacity = /^[1-9]\d{0,6}$/.test(capacity.trim());
    if (!isCapacity)
      reasons.push(`capacity of ${name} is no whole number from 1 to 9999999: ${capacity.trim()}`);
    const [whole = '0', fraction = ''] = price.trim().split('.');
    return isPrice && isCapacity
      ? [
          {
            name: name.trim(),
            priceMinor: Number(whole + fraction.padEnd(digits, '0')),
            capacity: Number(capacity),
          },
        ]
      : [];
  });
}
