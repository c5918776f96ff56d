import { eventPublished, type EventPublished } from '@boxoffice/shared/contracts';
import { after } from '@boxoffice/shared/kernel';
import { accessCodeHash } from '@boxoffice/shared/tokens';
import type { TaxOf } from '../src/core/tax/tax';
import { event, eventId, free, kiosk, openShop, stalls, standing, type Shop } from './shop';

/** 20 % in Austria; a business elsewhere owes it itself. */
export const austrian: TaxOf = (_, __, ___, { country, vatId }) => ({
  rates: [{ name: 'USt', basisPoints: 2000 }],
  reverseCharge: vatId !== undefined && country !== 'AT',
});

const off = (discountId: string, code: string, more: object) => ({
  discountId,
  name: code,
  off: { is: 'percentage', basisPoints: 1000 } as const,
  codes: [accessCodeHash(discountId, code)],
  ...more,
});

/**
 * Stalls at 48.00, early birds at 40.00, four for 150.00; standing at 15.00, as a donation; children free. Prices have 20 % tax in them;
 * a booking costs 2.00. Codes: TEN (ten uses), ONCE (once a buyer), HALF.
 */
export const pricedEvent: EventPublished = {
  ...event,
  version: 10,
  ticketTypes: event.ticketTypes.map((type) => ({
    ...type,
    ...(type.ticketTypeId === stalls
      ? {
          tiers: [
            { tierId: 'early', name: 'Early bird', price: { amountMinor: 4000, currency: 'EUR' }, upTo: 3 },
          ],
          packages: [{ name: 'Family', size: 4, price: { amountMinor: 15_000, currency: 'EUR' } }],
        }
      : {}),
    ...(type.ticketTypeId === standing ? { donation: true as const } : {}),
    ...(type.ticketTypeId === free ? { addOnTo: [stalls] } : {}),
  })),
  terms: {
    tax: 'included',
    taxPlace: { country: 'AT' },
    fees: [{ feeId: 'booking', name: 'Booking', per: 'order', fixedMinor: 200, basisPoints: 0 }],
    discounts: [
      off('d-ten', 'TEN', { maxUses: 10 }),
      off('d-once', 'ONCE', { maxUsesPerBuyer: 1 }),
      off('d-half', 'HALF', { off: { is: 'percentage', basisPoints: 5000 } }),
    ],
    questions: [
      {
        questionId: 'q-news',
        ask: 'May we write to you?',
        of: 'buyer',
        answer: { is: 'yes-no' },
        required: false,
      },
      {
        questionId: 'q-meal',
        ask: 'What will you eat?',
        of: 'attendee',
        answer: { is: 'choice', choices: ['fish', 'greens'] },
        required: true,
        ticketTypeIds: [kiosk],
      },
    ],
  },
};

export async function openPricedShop(): Promise<Shop> {
  const shop = await openShop({ taxOf: austrian });
  await announce(shop, pricedEvent);
  return shop;
}

export const announce = (shop: Shop, published: EventPublished): Promise<void> =>
  shop.hear(eventPublished.announce(`priced-${published.version}`, eventId, shop.now(), published));

/** An order over that, with whatever else is asked. */
export const order = (
  shop: Shop,
  suffix: string,
  lines: Record<string, number>,
  more: object = {},
  as = 'ada',
) => shop.call('POST', '/orders', { holdToken: shop.token(suffix, lines, 15, as), ...more }, as);

/** Past the hold's end and the minute that a capture is waited for. */
export async function letExpire(shop: Shop): Promise<void> {
  await shop.pass(17);
  await shop.sweep();
}

export const inAYear = (shop: Shop): string => after(shop.now(), { days: 365 });
