const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'; // Crockford's base 32, as in the kernel's ids
const values = new Map(Array.from(alphabet, (character, value) => [character, BigInt(value)]));

/** An id of 26 characters → its 16 bytes, sorting alike. Throws RangeError for one that has more than 128 bits, or is none. */
export function bytesOfId(id: string): Buffer {
  if (!/^[0-7][0-9a-hjkmnp-tv-z]{25}$/.test(id)) throw new RangeError(`not an id of 128 bits: ${id}`);
  return Buffer.from(numberOf(id).toString(16).padStart(32, '0'), 'hex');
}

export const idOfBytes = (bytes: Uint8Array): string =>
  textOf(BigInt(`0x${Buffer.from(bytes).toString('hex')}`), 26);

/** Event 16, suffix 8 (four bits of its length, then five a character), number 2. */
export const ticketIdBytes = 26;
const ticketIdPattern = /^([0-7][0-9a-hjkmnp-tv-z]{25})-([0-9a-hjkmnp-tv-z]{1,12})-([1-9]\d{0,4})$/;

/** `<eventId>-<suffix of 1 to 12 characters>-<1 to 65535>` → its 26 bytes. Throws RangeError for another shape. */
export function bytesOfTicketId(ticketId: string): Buffer {
  const [, eventId, suffix, number] = ticketIdPattern.exec(ticketId) ?? [];
  if (!eventId || !suffix || Number(number) > 0xffff) throw new RangeError(`not a ticket's id: ${ticketId}`);
  const rest = Buffer.alloc(10);
  rest.writeBigUInt64BE((BigInt(suffix.length) << 60n) | numberOf(suffix));
  rest.writeUInt16BE(Number(number), 8);
  return Buffer.concat([bytesOfId(eventId), rest]);
}

export function ticketIdOfBytes(bytes: Buffer): string {
  const packed = bytes.readBigUInt64BE(16);
  const suffix = textOf(packed & ((1n << 60n) - 1n), Number(packed >> 60n));
  return `${idOfBytes(bytes.subarray(0, 16))}-${suffix}-${bytes.readUInt16BE(24)}`;
}

const numberOf = (text: string): bigint =>
  Array.from(text).reduce((sum, character) => sum * 32n + (values.get(character) ?? 0n), 0n);

function textOf(number: bigint, length: number): string {
  let text = '';
  for (let rest = number; text.length < length; rest /= 32n)
    text = (alphabet[Number(rest % 32n)] ?? '') + text;
  return text;
}
