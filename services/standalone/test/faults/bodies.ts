import { isRead, row, takesJson, withBody, type OpenDoor, type Row, type Told } from './door';
import type { Sent } from './send';

/** What can be got wrong in a body before anyone looks at its members. */
export const bodyRows = (door: OpenDoor): readonly Row[] => [
  ...sizeRows(door),
  ...(takesJson(door) ? jsonRows(door) : []),
];

function sizeRows(door: OpenDoor): readonly Row[] {
  if (isRead(door)) return [];
  const limitBytes = door.at.bodyLimit ?? 65_536;
  const told: Told = { status: 413, code: 'body-too-large', facts: { limitBytes } };
  const ofLength = (length: number): string => `{"x":"${'x'.repeat(length - 8)}"}`;
  return [
    row(door)('a body one byte too long', withBody(ofLength(limitBytes + 1)), told),
    row(door)('a huge body', withBody(ofLength(1_000_000)), told),
  ];
}

const nested = (levels: number): string => '{"a":'.repeat(levels) + '1' + '}'.repeat(levels);

function jsonRows(door: OpenDoor): readonly Row[] {
  const of = row(door);
  const notJson = (what: string, body: string, line: number, column: number): Row =>
    of(what, withBody(body), { status: 400, code: 'malformed-json', facts: { line, column } });
  const typed = (what: string, headers: Sent['headers']): Row =>
    of(what, (sent) => ({ ...sent, headers: { ...sent.headers, ...headers }, body: sent.body ?? {} }), {
      status: 415,
      code: 'unsupported-media-type',
      headers: { accept: 'application/json' },
    });
  const notAnObject = (what: string, body: string): Row =>
    of(what, withBody(body), { status: 400, code: 'invalid-request', fields: [''] });
  return [
    notJson('malformed JSON', '{\n  "a": 1,\n  "b": ]\n}', 3, 8),
    notJson('half of a body', '{"a": {"b"', 1, 11),
    notJson('two bodies', '{}{}', 1, 3),
    notJson('a number that JSON has not', '{"a": NaN}', 1, 7),
    of('a body that is not UTF-8', withBody(Buffer.from('7b2261223a22ff227d', 'hex')), {
      status: 400,
      code: 'malformed-json',
    }),
    typed('a form', { 'content-type': 'application/x-www-form-urlencoded' }),
    typed('JSON that says nothing of itself', { 'content-type': undefined }),
    typed('JSON that says it is text', { 'content-type': 'text/plain' }),
    typed('JSON in UTF-16', { 'content-type': 'application/json; charset=utf-16' }),
    typed('a compressed body', { 'content-type': 'application/json', 'content-encoding': 'gzip' }),
    notAnObject('an array', '[{}]'),
    notAnObject('null', 'null'),
    notAnObject('a text', '"{}"'),
    notAnObject('a number', '7'),
    notAnObject('true', 'true'),
    of('a body that nests 33 deep', withBody(nested(33)), { status: 413, code: 'body-too-deep' }),
    of('a body that nests ten thousand deep', withBody('['.repeat(10_000) + ']'.repeat(10_000)), {
      status: 413,
      code: 'body-too-deep',
    }),
  ];
}
