import { describe, expect, it } from '@jest/globals';
import { instant } from '@boxoffice/shared/kernel';
import { accessCodeHash } from '@boxoffice/shared/tokens';
import {
  discountOf,
  discountOnSale,
  faultsOfDiscount,
  type Discount,
  type DiscountDetails,
} from './discount';

const quarter: DiscountDetails = {
  name: 'A quarter off',
  off: { is: 'percentage', basisPoints: 2500 },
  newCodes: 0,
};
const others: readonly Discount[] = [
  { discountId: 'x', name: 'Members', off: { is: 'free' }, codes: ['MEMBER'] },
];
const faults = (change: Partial<DiscountDetails>) =>
  faultsOfDiscount({ ...quarter, ...change }, others, [{ ticketTypeId: 'seat' }]).map(
    ({ field, code }) => `${field} ${code}`,
  );
let drawn = 0;
/** Each draw another: that of a number, in digits of 5 bits. */
const chance = {
  bytes(length: number) {
    const number = drawn++;
    return Uint8Array.from({ length }, (_, place) => Math.floor(number / 32 ** place) & 31);
  },
};

describe('a discount', () => {
  it('takes off a percentage, an amount or everything, and says that much and no more', () => {
    expect(faults({})).toEqual([]);
    expect(faults({ off: { is: 'amount', amountMinor: 500, per: 'order' } })).toEqual([]);
    expect(faults({ off: { is: 'free' } })).toEqual([]);
    expect(faults({ off: { is: 'percentage' } })).toEqual(['off.basisPoints off-incomplete']);
    expect(faults({ off: { is: 'amount', basisPoints: 1 } })).toEqual([
      'off.basisPoints not-of-this-kind',
      'off.amountMinor off-incomplete',
      'off.per off-incomplete',
    ]);
    expect(faults({ off: { is: 'free', amountMinor: 1, per: 'order' } })).toEqual([
      'off.amountMinor not-of-this-kind',
      'off.per not-of-this-kind',
    ]);
  });

  it('has a name and codes that lead to no other', () => {
    expect(faults({ name: 'MEMBERS', codes: ['new', 'member', 'NEW'] })).toEqual([
      'name name-taken',
      'codes[1] code-taken',
      'codes[2] code-twice',
    ]);
  });

  it('has a thousand codes at most', () => {
    const codes = Array.from({ length: 400 }, (_, i) => `CODE-${i}`);
    expect(faults({ codes, newCodes: 600 })).toEqual([]);
    expect(faults({ codes, newCodes: 601 })).toEqual(['newCodes too-many-codes']);
  });

  it('counts the uses of each code where there are codes and a number', () => {
    expect(faults({ perCode: true, maxUses: 1, newCodes: 5 })).toEqual([]);
    expect(faults({ perCode: true, maxUses: 1, codes: ['CODE'] })).toEqual([]);
    expect(faults({ perCode: true })).toEqual(['perCode no-codes', 'perCode no-max-uses']);
  });

  it('is for ticket types that there are, from before until after', () => {
    const at = instant('2027-01-01T00:00:00Z');
    expect(faults({ ticketTypeIds: ['seat', 'box', 'seat'], from: at, until: at })).toEqual([
      'ticketTypeIds[1] unknown-ticket-type',
      'ticketTypeIds[2] ticket-type-twice',
      'until ends-before-start',
    ]);
  });

  it('is given codes that nobody has chosen, beside those it has, each another', () => {
    const { codes = [], ...rest } = discountOf('d', { ...quarter, codes: ['MINE'], newCodes: 500 }, chance);
    expect(rest).toEqual({ discountId: 'd', name: quarter.name, off: quarter.off });
    expect(codes[0]).toBe('MINE');
    expect(new Set(codes).size).toBe(501);
    for (const code of codes.slice(1)) expect(code).toMatch(/^[A-HJ-NP-Z2-9]{5}-[A-HJ-NP-Z2-9]{5}$/);
    expect(discountOf('d', quarter, chance)).not.toHaveProperty('codes');
  });

  it('leaves with hashes of its codes, and otherwise as it is', () => {
    const discount = discountOf('d', { ...quarter, codes: ['early-BIRD'], maxUses: 10 }, chance);
    expect(discountOnSale(discount)).toEqual({ ...discount, codes: [accessCodeHash('d', 'EARLY-bird')] });
    const automatic = discountOf('d', quarter, chance);
    expect(discountOnSale(automatic)).toEqual(automatic);
  });
});
