import { crc32, deflateSync } from 'node:zlib';

/** Apple asks for an icon of 29 points: a ticket, light on dark, as PNG in each of the three densities. */
export function icons(): Readonly<Record<string, Uint8Array>> {
  return { 'icon.png': icon(29), 'icon@2x.png': icon(58), 'icon@3x.png': icon(87) };
}

const icon = (size: number): Uint8Array => png(size, (x, y) => 24 + 231 * coverage(x, y, size));

const samples = 4;

/** How much of the pixel the ticket covers, 0 to 1: what softens its edges. */
function coverage(x: number, y: number, size: number): number {
  let covered = 0;
  for (let i = 0; i < samples * samples; i++) {
    const u = (x + ((i % samples) + 0.5) / samples) / size;
    const v = (y + (Math.floor(i / samples) + 0.5) / samples) / size;
    if (isTicket(u, v)) covered++;
  }
  return covered / (samples * samples);
}

/** A sheet with a notch in either side and a perforated line, in a square of side 1. */
function isTicket(u: number, v: number): boolean {
  const onSheet = u > 0.12 && u < 0.88 && v > 0.28 && v < 0.72;
  const inNotch = Math.min(Math.hypot(u - 0.12, v - 0.5), Math.hypot(u - 0.88, v - 0.5)) < 0.09;
  const onLine = Math.abs(u - 0.62) < 0.022 && Math.floor((v - 0.28) / 0.055) % 2 === 1;
  return onSheet && !inNotch && !onLine;
}

/** A square picture in 256 greys (w3.org/TR/png-3). */
function png(size: number, grey: (x: number, y: number) => number): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.writeUInt8(8, 8); // bits a pixel; what follows are zeros: greyscale, deflate, no interlacing
  const rows = Buffer.alloc(size * (size + 1)); // each begins with 0: no filter
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) rows.writeUInt8(Math.round(grey(x, y)), y * (size + 1) + 1 + x);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const content = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(content.length + 8);
  framed.writeUInt32BE(data.length, 0);
  content.copy(framed, 4);
  framed.writeUInt32BE(crc32(content), content.length + 4);
  return framed;
}
