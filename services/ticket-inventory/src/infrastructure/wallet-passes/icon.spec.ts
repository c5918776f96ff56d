import { describe, expect, it } from '@jest/globals';
import { crc32, inflateSync } from 'node:zlib';
import { icons } from './icon';

function readPng(bytes: Buffer) {
  expect(bytes.subarray(0, 8)).toEqual(Buffer.from('89504e470d0a1a0a', 'hex'));
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < bytes.length; at += bytes.readUInt32BE(at) + 12) {
    const length = bytes.readUInt32BE(at);
    const content = bytes.subarray(at + 4, at + 8 + length);
    expect(bytes.readUInt32BE(at + 8 + length)).toBe(crc32(content));
    chunks.set(content.toString('latin1', 0, 4), content.subarray(4));
  }
  return chunks;
}

describe('the icons of a pass', () => {
  it.each([
    ['icon.png', 29],
    ['icon@2x.png', 58],
    ['icon@3x.png', 87],
  ])('%s is a PNG of %i pixels either way, with a light ticket on dark ground', (name, size) => {
    const chunks = readPng(Buffer.from(icons()[name]!));
    expect([...chunks.keys()]).toEqual(['IHDR', 'IDAT', 'IEND']);
    const header = chunks.get('IHDR')!;
    expect([header.readUInt32BE(0), header.readUInt32BE(4)]).toEqual([size, size]);
    const rows = inflateSync(chunks.get('IDAT')!);
    expect(rows).toHaveLength(size * (size + 1));
    const greyAt = (u: number, v: number) =>
      rows[Math.floor(v * size) * (size + 1) + 1 + Math.floor(u * size)];
    expect([greyAt(0.05, 0.05), greyAt(0.4, 0.5), greyAt(0.14, 0.5)]).toEqual([24, 255, 24]);
  });
});
