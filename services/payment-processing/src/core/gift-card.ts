import { money, type Instant, type Money } from '@boxoffice/shared/kernel';
import { accessCodeHash } from '@boxoffice/shared/tokens';
import type { PurchaseFault } from './faults';
import type { GiftCardShare, Price } from './pricing/price';

/** A balance that whoever knows its code may spend on its organiser's events. */
export interface GiftCard {
  readonly giftCardId: string;
  readonly organizerId: string;
  /** What it was issued with. */
  readonly amount: Money;
  readonly balance: Money;
  readonly expiresAt: Instant | undefined;
  readonly issuedAt: Instant;
}

/** What is kept of a code. People type it in any case, with hyphens and spaces or without. */
export const giftCardHash = (code: string): string =>
  accessCodeHash('gift-card', code.replaceAll(/[\s-]/g, ''));

/** Writes the codes of gift cards: for one card always the same, so that it is told again to who repeats the request, and kept nowhere. */
export interface GiftCardCodes {
  writer(): Promise<(giftCardId: string) => string>;
}
export const GiftCardCodes = Symbol('GiftCardCodes');

/** The price with as much of it paid as the cards have, in the order they were named; undefined stands for a code that is none. */
export function payWithCards(
  price: Price,
  cards: readonly (GiftCard | undefined)[],
  organizerId: string,
  now: Instant,
): { readonly price: Price; readonly faults: readonly PurchaseFault[] } {
  const shares: GiftCardShare[] = [];
  const faults: PurchaseFault[] = [];
  let due = price.total.amountMinor;
  cards.forEach((card, place) => {
    const why = whyNot(card, price, organizerId, now, shares);
    if (why !== undefined || card === undefined) {
      const code = why ?? 'unknown';
      faults.push({ field: `giftCards[${place}]`, code, message: reasons[code] });
      return;
    }
    const amount = Math.min(due, card.balance.amountMinor);
    if (amount > 0) shares.push({ giftCardId: card.giftCardId, amount: money(amount, price.total.currency) });
    due -= amount;
  });
  return { price: { ...price, giftCards: shares, due: money(due, price.total.currency) }, faults };
}

function whyNot(
  card: GiftCard | undefined,
  { total }: Price,
  organizerId: string,
  now: Instant,
  before: readonly GiftCardShare[],
): keyof typeof reasons | undefined {
  if (!card) return 'unknown';
  if (card.organizerId !== organizerId) return 'elsewhere';
  if (card.balance.currency !== total.currency) return 'otherCurrency';
  if (card.expiresAt !== undefined && card.expiresAt <= now) return 'over';
  if (before.some(({ giftCardId }) => giftCardId === card.giftCardId)) return 'twice';
  return card.balance.amountMinor === 0 ? 'empty' : undefined;
}

const reasons = {
  unknown: 'there is no such gift card',
  elsewhere: 'this gift card is for another organiser’s events',
  otherCurrency: 'this gift card is in another currency',
  over: 'this gift card is not valid any more',
  twice: 'this gift card is named twice',
  empty: 'nothing is left on this gift card',
} as const;
