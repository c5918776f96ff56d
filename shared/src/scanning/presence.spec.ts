import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fromMilliseconds } from '../kernel';
import { accountOf, type Passage } from './presence';

const passage = (nonce: string, minute: number, direction: Passage['direction'] = 'in'): Passage => ({
  nonce,
  at: fromMilliseconds(minute * 60_000),
  direction,
  gateId: `gate-${nonce}`,
});
const some = fc.uniqueArray(
  fc
    .tuple(fc.nat({ max: 999 }), fc.nat({ max: 8 }), fc.constantFrom('in' as const, 'out' as const))
    .map(([nonce, minute, direction]) => passage(String(nonce), minute, direction)),
  { selector: ({ nonce }) => nonce, maxLength: 7 },
);

describe('what the passages of a ticket come to', () => {
  it('does not depend on which was heard of first', () => {
    const shuffled = some.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
    );
    fc.assert(
      fc.property(shuffled, ([all, otherwise]) => expect(accountOf(otherwise)).toEqual(accountOf(all))),
    );
  });

  it('is one admission, however often it was let in at once; each of the others is told', () => {
    const [a, b, c] = [passage('a', 1), passage('b', 2), passage('c', 2)];
    expect(accountOf([c, b, a])).toEqual({
      isInside: true,
      first: a,
      admitted: a,
      last: c,
      again: [
        { passage: b, before: a, wasInside: true },
        { passage: c, before: a, wasInside: true },
      ],
    });
  });

  it('tells who came back from who was let in twice', () => {
    const [a, out, back] = [passage('a', 1), passage('b', 2, 'out'), passage('c', 3)];
    expect(accountOf([a, out])).toMatchObject({ isInside: false, admitted: a, again: [] });
    expect(accountOf([a, out, back])).toEqual({
      isInside: true,
      first: a,
      admitted: back,
      last: back,
      again: [{ passage: back, before: a, wasInside: false }],
    });
  });

  it('is nothing for who only left', () => {
    const out = passage('a', 1, 'out');
    expect(accountOf([out])).toEqual({ isInside: false, again: [], last: out });
  });
});
