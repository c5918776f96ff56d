import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isDeepStrictEqual } from 'node:util';
import { canonical, deepest, parseJson } from './json';

const bytes = (text: string) => new TextEncoder().encode(text);
const thrown = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return error;
  }
};

describe('a JSON body', () => {
  it.each([
    ['{"a":}', 1, 6],
    ['{"a": tru}', 1, 10],
    ['{"a":1,}', 1, 8],
    ['{\n  "a": 1\n  "b": 2\n}', 3, 3],
    ['abc', 1, 1],
    ['{"a":1', 1, 7],
    ['[1, 2] x', 1, 8],
    ['{"a":"b\nc"}', 1, 8],
    ["{'a':1}", 1, 2],
  ])('that breaks is refused with the place: %s', (text, line, column) => {
    expect(thrown(() => parseJson(bytes(text)))).toMatchObject({
      status: 400,
      code: 'malformed-json',
      facts: { line, column },
    });
  });

  it('that is long and breaks late is refused with the place, too', () => {
    const text = `{"a":[${'1,'.repeat(5000)}nil]}`;
    expect(thrown(() => parseJson(bytes(text)))).toMatchObject({
      facts: { line: 1, column: text.indexOf('il') + 1 },
    });
  });

  it('says nothing of what it was sent', () => {
    const error = thrown(() => parseJson(bytes('{"password": hunter2}'))) as Error;
    expect(error.message).not.toContain('hunter');
  });

  it('that is not UTF-8 is refused', () => {
    expect(thrown(() => parseJson(Uint8Array.from([0x22, 0xc3, 0x28, 0x22])))).toMatchObject({
      code: 'malformed-json',
    });
  });

  it('may nest as deep as the limit and no deeper', () => {
    const nested = (levels: number) => bytes('[{"a":'.repeat(levels / 2) + '1' + '}]'.repeat(levels / 2));
    expect(thrown(() => parseJson(nested(deepest)))).toBeInstanceOf(Array);
    expect(thrown(() => parseJson(nested(deepest + 2)))).toMatchObject({
      status: 413,
      code: 'body-too-deep',
    });
    expect(thrown(() => parseJson(bytes('['.repeat(30_000) + ']'.repeat(30_000))))).toMatchObject({
      code: 'body-too-deep',
    });
  });

  it('has one canonical spelling, whatever the order of its members', () => {
    expect(canonical({ b: [1, { d: null, c: 'x' }], a: true })).toBe('{1:a=true;1:b[=1;{1:c1:x1:d=null;}]}');
    const shuffled = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(shuffled);
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([name, member]) => [name, shuffled(member)]),
      );
    };
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const plain = JSON.parse(JSON.stringify(value)) as unknown;
        expect(canonical(shuffled(plain))).toBe(canonical(plain));
        expect(canonical([plain])).not.toBe(canonical(plain));
      }),
    );
  });

  it.each([2, 5, 16, 17, 200])('of %i members is spelt the same from any order of them', (count) => {
    const members = Array.from({ length: count }, (_, i) => [`m${i}`, i] as const);
    const turned = members.map((_, i) => members[(i * 7 + 3) % count] ?? ['', 0]);
    expect(canonical(Object.fromEntries([...members].reverse()))).toBe(
      canonical(Object.fromEntries(members)),
    );
    expect(canonical(Object.fromEntries([...turned, ...members]))).toBe(
      canonical(Object.fromEntries(members)),
    );
  });

  it('is spelt as no other is', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), fc.jsonValue({ maxDepth: 3 }), (a, b) => {
        const [one, other] = [a, b].map((value) => JSON.parse(JSON.stringify(value)) as unknown);
        expect(canonical(one) === canonical(other)).toBe(isDeepStrictEqual(one, other));
      }),
    );
    for (const [one, other] of [
      ['1', 1],
      ['null', null],
      [[], {}],
      [['ab'], ['a', 'b']],
      [{ a: '1:b' }, { a: '', b: '' }],
      [['1;'], [1]],
    ]) {
      expect(canonical(one)).not.toBe(canonical(other));
    }
  });
});
