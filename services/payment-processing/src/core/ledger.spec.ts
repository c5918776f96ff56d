import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { postCapture, postRefund, postRefundOwed, type Posting } from './ledger';

const amounts = fc.record({
  amountMinor: fc.integer({ min: 1, max: 2 ** 40 }),
  currency: fc.constantFrom('EUR', 'JPY', 'KWD'),
});
const sum = ({ entries }: Posting): number =>
  entries.reduce((total, { amount }) => total + amount.amountMinor, 0);

describe('the ledger', () => {
  it('moves every amount between two accounts, so that each transaction sums to zero', () => {
    fc.assert(
      fc.property(amounts, (amount) => {
        for (const posting of [
          postCapture('p', 'g', 'o', amount),
          postRefundOwed('r', 'o', amount),
          postRefund('r', 'gateway:g', amount),
        ]) {
          expect(sum(posting)).toBe(0);
          expect(new Set(posting.entries.map(({ account }) => account)).size).toBe(2);
        }
      }),
    );
  });

  it('is where it was after a capture and its refund', () => {
    const amount = { amountMinor: 9600, currency: 'EUR' };
    const balances = new Map<string, number>();
    for (const { entries } of [
      postCapture('p', 'g', 'o', amount),
      postRefundOwed('r', 'o', amount),
      postRefund('r', 'gateway:g', amount),
    ])
      for (const entry of entries)
        balances.set(entry.account, (balances.get(entry.account) ?? 0) + entry.amount.amountMinor);
    expect(Object.fromEntries(balances)).toEqual({ 'gateway:g': 0, 'organizer:o': 0, 'buyers:refunds': 0 });
  });

  it.each([0, -1, 0.5])('does not move %s', (amountMinor) => {
    expect(() => postCapture('p', 'g', 'o', { amountMinor, currency: 'EUR' })).toThrow(RangeError);
  });
});
