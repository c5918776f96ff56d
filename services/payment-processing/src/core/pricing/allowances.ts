import type { DiscountTerms, PriceTier } from '@boxoffice/shared/contracts';
import { accessCodeHash } from '@boxoffice/shared/tokens';
import type { Basket, Offer } from './basket';
import type { Price } from './price';

/** What there is only so much of, over all orders: tickets at a tier's price, uses of a discount. */
export interface Allowance {
  readonly allowanceId: string;
  readonly most: number;
}

/** What one order takes of it: when it is placed, until it ends without tickets. */
export interface Use extends Allowance {
  readonly units: number;
}

export const tierAllowance = (ticketTypeId: string, { tierId, upTo }: PriceTier): Allowance | undefined =>
  upTo === undefined ? undefined : { allowanceId: `tier~${ticketTypeId}~${tierId}`, most: upTo };

/** Uses in all, or of the code by itself, and the buyer's own. */
export function discountAllowances(
  eventId: string,
  { discountId, maxUses, maxUsesPerBuyer, perCode }: DiscountTerms,
  code: string | undefined,
  userId: string,
): readonly Allowance[] {
  const id = `discount~${eventId}~${discountId}`;
  const ofCode = perCode && code !== undefined ? `~${accessCodeHash(discountId, code)}` : '';
  return [
    ...(maxUses === undefined ? [] : [{ allowanceId: `${id}${ofCode}`, most: maxUses }]),
    ...(maxUsesPerBuyer === undefined ? [] : [{ allowanceId: `${id}~of~${userId}`, most: maxUsesPerBuyer }]),
  ];
}

export const isUsedUp = ({ allowanceId, most }: Allowance, taken: Offer['taken']): boolean =>
  (taken.get(allowanceId) ?? 0) >= most;

/** The discounts that are asked for: those without codes in the order listed, then those whose code was named, likewise. */
export function askedDiscounts(
  discounts: readonly DiscountTerms[],
  codes: readonly string[],
): readonly { readonly discount: DiscountTerms; readonly code?: string; readonly place?: number }[] {
  const named = discounts.flatMap((discount) =>
    codes.flatMap((code, place) =>
      discount.codes?.includes(accessCodeHash(discount.discountId, code)) ? [{ discount, code, place }] : [],
    ),
  );
  return [...discounts.filter((one) => one.codes === undefined).map((discount) => ({ discount })), ...named];
}

/** All that may matter for the price: how much of each is taken has to be known before. */
export function allowancesOf(
  { held, codes, userId }: Pick<Basket, 'held' | 'codes' | 'userId'>,
  { eventId, prices, terms }: Pick<Offer, 'eventId' | 'prices' | 'terms'>,
): readonly string[] {
  const tiers = prices
    .filter(({ ticketTypeId }) => held.some((line) => line.ticketTypeId === ticketTypeId))
    .flatMap(({ ticketTypeId, tiers: all = [] }) => all.map((tier) => tierAllowance(ticketTypeId, tier)));
  const discounts = askedDiscounts(terms.discounts ?? [], codes).flatMap(({ discount, code }) =>
    discountAllowances(eventId, discount, code, userId),
  );
  return [...tiers.filter((one) => one !== undefined), ...discounts].map(({ allowanceId }) => allowanceId);
}

/** What an order at this price takes of them. */
export function usesOf(
  price: Pick<Price, 'lines' | 'discounts'>,
  { eventId, prices, terms }: Pick<Offer, 'eventId' | 'prices' | 'terms'>,
  userId: string,
): readonly Use[] {
  const tickets = price.lines.flatMap(({ ticketTypeId, tierId, quantity: units }) => {
    const type = prices.find((one) => one.ticketTypeId === ticketTypeId);
    const tier = type?.tiers?.find((one) => one.tierId === tierId);
    const allowance = tier && tierAllowance(ticketTypeId, tier);
    return allowance ? [{ ...allowance, units }] : [];
  });
  const uses = price.discounts.flatMap(({ discountId, code }) => {
    const discount = terms.discounts?.find((one) => one.discountId === discountId);
    const allowances = discount ? discountAllowances(eventId, discount, code, userId) : [];
    return allowances.map((allowance) => ({ ...allowance, units: 1 }));
  });
  return [...tickets, ...uses];
}
