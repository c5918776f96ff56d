import type { Random } from '@boxoffice/shared/platform/simulated';

/** Codes that buyers have heard of. */
export const voucherCode = 'WINTER-27';
export const guestCodes = ['GUEST-ADA', 'GUEST-BEN'] as const;

/** What an organiser takes off, as the API is told it. */
export interface Discount {
  readonly name: string;
  readonly off: object;
  readonly codes?: readonly string[];
  readonly maxUses?: number;
  readonly perCode?: true;
  readonly maxUsesPerBuyer?: number;
  readonly minTickets?: number;
}

export function drawDiscounts(random: Random): readonly Discount[] {
  const off = (): object =>
    random.pick<object>([
      { is: 'percentage', basisPoints: random.between([1, 10_000]) },
      { is: 'amount', amountMinor: random.between([1, 5_000]), per: random.pick(['ticket', 'order']) },
      { is: 'free' },
    ]);
  const voucher: Discount = {
    ...{ name: 'Winter', off: off(), codes: [voucherCode], maxUses: random.between([1, 2]) },
    ...(random.chance(0.3) ? { maxUsesPerBuyer: 1 } : {}),
  };
  const guests: Discount = {
    ...{ name: 'Guests', off: off(), codes: guestCodes, perCode: true, maxUses: 1 },
  };
  const groups: Discount = {
    ...{ name: 'Groups', off: { is: 'percentage', basisPoints: random.between([1, 3_000]) } },
    minTickets: 2,
  };
  return [voucher, guests, groups].filter(() => random.chance(0.6));
}
