import type { Instant } from '@boxoffice/shared/kernel';
import type { HoldClaims } from '@boxoffice/shared/tokens';
import type { PurchaseFault } from './faults';
import { giftCardHash, payWithCards } from './gift-card';
import type { Buyer } from './order';
import type { PriceBook, PriceList } from './ports';
import { allowancesOf, usesOf, type Use } from './pricing/allowances';
import type { Basket } from './pricing/basket';
import type { Price } from './pricing/price';
import { priceOrder } from './pricing/price-order';
import { eventCancelled, notReady } from './refusals';
import { vatIdFaults } from './tax/vat-id-faults';
import type { TaxOf } from './tax/tax';

/** What a buyer says beside what they hold. */
export interface Wishes {
  readonly buyer: Buyer;
  readonly codes: readonly string[];
  /** Codes of gift cards. */
  readonly giftCards: readonly string[];
  readonly prices: Basket['named'];
}

export interface AskedPrice {
  readonly list: PriceList;
  readonly price: Price;
  /** What an order at this price takes of what there is only so much of. */
  readonly uses: readonly Use[];
  readonly faults: readonly PurchaseFault[];
}

/** What is held costs this much now. Throws `not-ready` where its prices aren't here, `event-cancelled`, `mixed-currencies`. */
export async function askPrice(
  book: PriceBook,
  { eventId, userId, lines }: HoldClaims,
  { buyer: { country, vatId }, codes, giftCards, prices }: Wishes,
  now: Instant,
  taxOf: TaxOf,
): Promise<AskedPrice> {
  const list = await book.priceList(
    eventId,
    lines.map(({ ticketTypeId }) => ticketTypeId),
  );
  if (!list) throw notReady('price');
  if (list.isCancelled) throw eventCancelled();
  const basket: Basket = {
    held: lines,
    named: prices,
    codes,
    userId,
    taxed: { ...(country === undefined ? {} : { country }), ...(vatId === undefined ? {} : { vatId }) },
  };
  const announced = { eventId, prices: list.prices, terms: list.terms };
  const taken = await book.taken(allowancesOf(basket, announced));
  const { price, faults } = priceOrder(basket, { ...announced, now, taken }, taxOf);
  const hashes = giftCards.map(giftCardHash);
  const cards = await book.giftCards(hashes);
  const paid = payWithCards(
    price,
    hashes.map((hash) => cards.get(hash)),
    list.event.organizerId,
    now,
  );
  return {
    list,
    price: paid.price,
    uses: usesOf(price, announced, userId),
    faults: [...vatIdFaults(vatId), ...faults, ...paid.faults],
  };
}
