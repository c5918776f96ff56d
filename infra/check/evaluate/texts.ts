import { createHash } from 'node:crypto';
import { builtIn, many, type BuiltIn } from './built-in';
import { isList, textOf, type Value } from './value';

type Text = [string];
type Two = [string, string];

/** Not Azure's own figures, but like them: the same for the same arguments, and different for different ones. */
function token(given: readonly Value[], length: number): string {
  const digest = createHash('sha256').update(given.map(textOf).join('\n')).digest('hex');
  return BigInt(`0x${digest}`).toString(32).slice(-length);
}
function uuid(given: readonly Value[]): string {
  const hex = createHash('sha256').update(given.map(textOf).join('\n')).digest('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `5${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

const base64 = (encoded: string) => Buffer.from(encoded, 'base64').toString('utf8');
const lower = (text: string) => text.toLowerCase();

export const texts: Readonly<Record<string, BuiltIn>> = {
  format: builtIn('string', [1, many], (pattern: Value, ...rest: readonly Value[]) =>
    textOf(pattern).replace(/\{(\d+)[^}]*\}/g, (hole, index: string) => textOf(rest[Number(index)] ?? hole)),
  ),
  toLower: builtIn<Text>('string', [1, 1], lower),
  toUpper: builtIn<Text>('string', [1, 1], (text) => text.toUpperCase()),
  trim: builtIn<Text>('string', [1, 1], (text) => text.trim()),
  replace: builtIn<[string, string, string]>('string', [3, 3], (text, old, by) => text.replaceAll(old, by)),
  split: builtIn<[string, string | readonly string[]]>('array', [2, 2], (text, by) =>
    [by].flat().reduce<string[]>((parts, one) => parts.flatMap((part) => part.split(one)), [text]),
  ),
  substring: builtIn<[string, number, number?]>('string', [2, 3], (text, from, length) =>
    text.slice(from, length === undefined ? undefined : from + length),
  ),
  startsWith: builtIn<Two>('bool', [2, 2], (text, start) => lower(text).startsWith(lower(start))),
  endsWith: builtIn<Two>('bool', [2, 2], (text, end) => lower(text).endsWith(lower(end))),
  padLeft: builtIn<[Value, number, string?]>('string', [2, 3], (text, width, by) =>
    textOf(text).padStart(width, by),
  ),
  string: builtIn<[Value]>('string', [1, 1], textOf),
  int: builtIn<[Value]>('int', [1, 1], (value) => Number(value)),
  bool: builtIn<[Value]>('bool', [1, 1], (value) => lower(textOf(value)) === 'true' || value === 1),
  array: builtIn<[Value]>('array', [1, 1], (value) => (isList(value) ? value : [value])),
  json: builtIn<Text>('any', [1, 1], (text) => JSON.parse(text) as Value),
  base64: builtIn<Text>('string', [1, 1], (text) => Buffer.from(text, 'utf8').toString('base64')),
  base64ToString: builtIn<Text>('string', [1, 1], base64),
  base64ToJson: builtIn<Text>('any', [1, 1], (text) => JSON.parse(base64(text)) as Value),
  uri: builtIn<Two>('string', [2, 2], (base, relative) => new URL(relative, base).href),
  uriComponent: builtIn<Text>('string', [1, 1], encodeURIComponent),
  uriComponentToString: builtIn<Text>('string', [1, 1], decodeURIComponent),
  dataUri: builtIn('string', [1, 1]),
  dataUriToString: builtIn('string', [1, 1]),
  buildUri: builtIn('string', [1, 1]),
  parseUri: builtIn('object', [1, 1]),
  uniqueString: builtIn('string', [1, many], (...given: readonly Value[]) => token(given, 13)),
  guid: builtIn('string', [1, many], (...given: readonly Value[]) => uuid(given)),
  like: builtIn('bool', [2, 2]),
  newGuid: builtIn('string', [0, 0]),
  utcNow: builtIn('string', [0, 1]),
  dateTimeAdd: builtIn('string', [2, 3]),
  dateTimeToEpoch: builtIn('int', [1, 1]),
  dateTimeFromEpoch: builtIn('string', [1, 1]),
  cidrSubnet: builtIn<[string, number, number]>('string', [3, 3], (range, length, index) => {
    const [address = ''] = range.split('/');
    const start = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
    const at = start + index * 2 ** (32 - length);
    return `${[24, 16, 8, 0].map((bits) => Math.floor(at / 2 ** bits) % 256).join('.')}/${length}`;
  }),
  cidrHost: builtIn('string', [2, 2]),
  parseCidr: builtIn('object', [1, 1]),
};
