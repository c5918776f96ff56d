import type { Value } from './reader';

const u8 = (value: number): Buffer => Buffer.from([value]);
const u16 = (value: number): Buffer => Buffer.from(Uint16Array.of(value).buffer);
const u32 = (value: number): Buffer => Buffer.from(Uint32Array.of(value).buffer);
const u64 = (value: bigint): Buffer => Buffer.from(BigUint64Array.of(value).buffer);
const i64 = (value: bigint): Buffer => Buffer.from(BigInt64Array.of(value).buffer);
const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le');
/** Its length in code units before it, in one byte. */
const short = (text: string): Buffer => Buffer.concat([u8(text.length), utf16(text)]);
const sized = (body: Buffer): Buffer => Buffer.concat([u16(body.length), body]);

const collation = Buffer.from([0x09, 0x04, 0xd0, 0x00, 0x34]);

/** Without encryption: the double is for loopback. */
export const preloginReply = (): Buffer =>
  Buffer.concat([
    Buffer.from([0, 0, 11, 0, 6, 1, 0, 17, 0, 1, 0xff]),
    Buffer.from([16, 0, 0, 0, 0, 0]),
    u8(2),
  ]);

export const loginAck = ({ collated }: { collated: boolean }): Buffer =>
  Buffer.concat([
    ...(collated ? [u8(0xe3), sized(Buffer.concat([Buffer.from([7, 5]), collation, u8(0)]))] : []),
    u8(0xad),
    sized(Buffer.concat([u8(1), Buffer.from([0x74, 0, 0, 4]), short('double'), u32(16)])),
    done(0xfd),
  ]);

export interface End {
  readonly affected?: number;
  readonly failed?: boolean;
  /** Says that the client's wish to cancel was heard. */
  readonly attention?: boolean;
}

export function done(
  token: 0xfd | 0xfe | 0xff,
  { affected, failed = false, attention = false }: End = {},
): Buffer {
  const counted = affected === undefined ? 0 : 0x10;
  const status = counted | (failed ? 0x02 : 0) | (attention ? 0x20 : 0) | (token === 0xff ? 0x01 : 0);
  return Buffer.concat([u8(token), u16(status), u16(0), u64(BigInt(affected ?? 0))]);
}

export const returnStatus = (): Buffer => Buffer.concat([u8(0x79), u32(0)]);

export function failure(number: number, message: string): Buffer {
  const text = message.slice(0, 1000);
  const body = [
    u32(number),
    u8(1),
    u8(16),
    u16(text.length),
    utf16(text),
    short('double'),
    short(''),
    u32(1),
  ];
  return Buffer.concat([u8(0xaa), sized(Buffer.concat(body))]);
}

const changes = { begin: 8, commit: 9, rollback: 10 } as const;

/** The connection enters a transaction or leaves it. */
export function transactionChange(change: keyof typeof changes): Buffer {
  const descriptor = Buffer.concat([u8(8), u64(77n)]);
  const [now, before] = change === 'begin' ? [descriptor, u8(0)] : [u8(0), descriptor];
  return Buffer.concat([u8(0xe3), sized(Buffer.concat([u8(changes[change]), now, before]))]);
}

export type Cell = Value | undefined;

/** Column names and rows; whole numbers travel as bigint, anything else as text without limit. */
export function resultSet(columns: readonly string[], rows: readonly (readonly Cell[])[]): Buffer {
  const whole = columns.map(
    (_, at) =>
      rows.some((row) => isWhole(row[at])) && rows.every((row) => row[at] === null || isWhole(row[at])),
  );
  const types = whole.map((isNumber) =>
    isNumber ? Buffer.from([0x26, 8]) : Buffer.concat([u8(0xe7), u16(0xffff), collation]),
  );
  const heads = columns.map((name, at) => Buffer.concat([u32(0), u16(1), types[at] ?? u8(0), short(name)]));
  const cells = rows.flatMap((row) => [
    u8(0xd1),
    ...row.map((cell, at) => (whole[at] ? wholeCell(cell) : textCell(cell))),
  ]);
  return Buffer.concat([u8(0x81), u16(columns.length), ...heads, ...cells]);
}

const isWhole = (cell: Cell): boolean => typeof cell === 'bigint' || typeof cell === 'number';
const wholeCell = (cell: Cell): Buffer =>
  cell === null || cell === undefined ? u8(0) : Buffer.concat([u8(8), i64(BigInt(cell as number))]);

function textCell(cell: Cell): Buffer {
  if (cell === null || cell === undefined) return u64(0xffffffffffffffffn);
  const bytes = utf16(String(cell));
  const chunk = bytes.length === 0 ? [] : [u32(bytes.length), bytes];
  return Buffer.concat([u64(BigInt(bytes.length)), ...chunk, u32(0)]);
}
