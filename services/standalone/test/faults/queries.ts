import { row, type OpenDoor, type Row } from './door';
import type { Fields } from './fields';

const json = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

const wrongValues: Readonly<Record<string, readonly string[]>> = {
  limit: ['', '0', '-1', '101', '1.5', 'many', '1e2', '0x10', '%EF%BC%95', '9'.repeat(30)],
  cursor: [
    '',
    'x',
    '*',
    json([1]),
    json([]),
    json({}),
    json(['a', 'b', 'c']),
    `${json(['a'])}=`,
    'x'.repeat(1025),
  ],
  'date-time': ['', 'yesterday', '2027-02-30T00:00:00Z', '2027-03-01', '2027-03-01T19:30:00'],
};

/** What can be got wrong in the query of a list. */
export function queryRowsOf(door: OpenDoor, fields: Fields): readonly Row[] {
  const parameters = fields.queryOf(door);
  if (parameters.length === 0) return [];
  const faulty = (query: string, ...names: readonly string[]): Row =>
    row(door)(
      `?${query.length > 60 ? `${query.slice(0, 40)}… (${query.length} characters)` : query}`,
      (sent) => ({ ...sent, url: `${sent.url}?${query}` }),
      { status: 400, code: 'invalid-request', fields: names },
    );
  const names = parameters.map(({ name }) => name);
  return [
    faulty('sort=up', 'sort'),
    faulty('__proto__=1', '__proto__'),
    faulty('limit=0&limit[]=1&Limit=1', 'limit', 'limit[]', 'Limit'),
    faulty(names.map((name) => `${name}=1&${name}=2`).join('&'), ...names),
    ...parameters.flatMap(({ name, schema }) => [
      ...(
        wrongValues[name] ??
        wrongValues[schema.format ?? ''] ?? ['%00', 'x'.repeat((schema.maxLength ?? 0) + 1)]
      ).map((value) => faulty(`${name}=${value}`, name)),
      faulty(`${name}=1&${name}=1`, name),
    ]),
  ];
}
