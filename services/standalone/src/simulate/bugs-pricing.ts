import type { Bug } from './bug';
import { changeInserts, changeUpdates } from './statements';

/** Many want the same at the same moment, over a slow network. */
const crowded = { latency: [0, 2_000], crash: 0, outcomeUnknown: 0, unavailable: 0 } as const;

/** Mistakes about what an order's price rests on. */
export const pricingBugs: readonly Bug[] = [
  {
    name: 'voucher-unguarded',
    what: 'of two who use the last of a voucher at once both have it',
    weather: crowded,
    platform: changeUpdates('allowances', { ignores: ['taken'] }),
  },
  {
    name: 'voucher-kept',
    what: 'who never pays keeps the use of a voucher',
    platform: changeUpdates('uses', { keeps: ['isTaken'] }),
  },
  {
    name: 'voucher-returned-uncounted',
    what: 'a use that was given back is noted with its order alone, and not where they are counted',
    platform: changeUpdates('allowances', { keeps: ['taken'] }, (sets) => sets.includes('"-"')),
  },
  {
    name: 'gift-card-unguarded',
    what: 'of two who spend a gift card at once both have all that is on it',
    weather: crowded,
    platform: changeUpdates('giftCards', { ignores: ['balanceMinor'] }),
  },
  {
    name: 'gift-card-spent-for-nothing',
    what: 'what a gift card has paid stays on it',
    platform: changeUpdates('giftCards', { keeps: ['balanceMinor'] }, (sets) => sets.includes('"-"')),
  },
  {
    name: 'gift-card-kept',
    what: 'what a gift card has paid for an order that came to nothing does not go back to it',
    platform: changeUpdates('giftCards', { keeps: ['balanceMinor'] }, (sets) => sets.includes('"+"')),
  },
  {
    name: 'gift-card-under-another-code',
    what: 'a gift card is kept under another code than was told',
    platform: changeInserts('giftCards', ([giftCardId, codeHash, ...rest]) => [
      giftCardId,
      String(codeHash).toLowerCase(),
      ...rest,
    ]),
  },
];
