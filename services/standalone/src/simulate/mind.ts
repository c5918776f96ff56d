import type { EventPublished } from '@boxoffice/shared/contracts';
import type { Random, Span } from '@boxoffice/shared/platform/simulated';
import type { Deed } from './bank';
import type { Telling } from './bank-notices';
import { regrets, type Regret } from './cashier';
import { guestCodes, voucherCode } from './discount';
import { manners, type Manner } from './remitter';
import type { Season } from './season';
import { drawWish, type Wish } from './wish';

/** What a buyer is going to do, drawn before they begin. */
export interface Mind {
  readonly wish: Wish;
  /** Presses every button twice. */
  readonly impatient: boolean;
  /** How often they ask for more time. */
  readonly extends: number;
  readonly afterHold: 'order' | 'release' | 'leave';
  /** Orders again with the same hold, as from a second tab. */
  readonly secondTab: boolean;
  readonly afterOrder: 'pay' | 'leave' | 'release';
  readonly cardOnFile: boolean;
  /** At the bank, one after another. */
  readonly deeds: readonly Deed[];
  readonly dawdlesAtBank: Span;
  readonly telling: Telling;
  /** Asks how the payment went rather than wait. */
  readonly asks: boolean;
  /** To how many friends they give one ticket at the same time: one of them gets it. */
  readonly friends: number;
  readonly tamperer: boolean;
  /** Named with the order. */
  readonly codes: readonly string[];
  /** How many gift cards they name. */
  readonly giftCards: number;
  /** Which bank they want to pay at; undefined: whichever is asked first. */
  readonly bank: string | undefined;
  /** They pay by bank transfer instead. */
  readonly transfer: Manner | undefined;
  readonly regret: Regret | undefined;
}

const minute = 60_000;

export function drawMind(random: Random, event: EventPublished, season: Season): Mind {
  return {
    ...drawPlans(random.stream('plans'), season),
    wish: drawWish(random, event),
    impatient: random.chance(0.25),
    extends: random.pick([0, 0, 0, 0, 1, 1, 3]),
    afterHold: random.pick([
      'order',
      'order',
      'order',
      'order',
      'order',
      'order',
      'release',
      'leave',
    ] as const),
    secondTab: random.chance(0.25),
    afterOrder: random.pick(['pay', 'pay', 'pay', 'pay', 'pay', 'pay', 'pay', 'release', 'leave'] as const),
    cardOnFile: random.chance(0.15),
    deeds: random.pick([
      ['pay'],
      ['pay'],
      ['pay'],
      ['fail'],
      ['fail', 'pay'],
      ['fail', 'fail', 'pay'],
    ] as const),
    dawdlesAtBank: random.pick([
      [0, 2_000],
      [0, minute],
      // Longer than most holds.
      [5 * minute, 3 * 60 * minute],
    ] as const),
    telling: {
      takes: random.pick([
        [0, 0],
        [0, 5_000],
        [10 * minute, 4 * 60 * minute],
      ] as const),
      notices: random.pick(['once', 'once', 'several times', 'never'] as const),
      after: random.pick([
        [0, 0],
        [0, 2_000],
        [0, 30 * minute],
        [60 * minute, 24 * 60 * minute],
      ] as const),
    },
    asks: random.chance(0.3),
    friends: random.pick([0, 0, 0, 1, 1, 2]),
    tamperer: random.chance(0.1),
  };
}

const drawPlans = (
  random: Random,
  { banks, transfers, discounts, giftCards, regrets: howMany }: Season,
): Pick<Mind, 'codes' | 'giftCards' | 'bank' | 'transfer' | 'regret'> => ({
  codes: discounts ? random.pick([[], [voucherCode], [voucherCode], [random.pick(guestCodes)]]) : [],
  giftCards: giftCards ? random.pick([0, 1, 1, 1, 2]) : 0,
  bank: random.chance(0.7) ? undefined : random.pick(banks),
  transfer: transfers && random.chance(0.5) ? random.pick(manners) : undefined,
  regret: random.chance(howMany) ? random.pick(regrets) : undefined,
});
