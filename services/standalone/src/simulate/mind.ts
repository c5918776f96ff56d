import type { EventPublished } from '@boxoffice/shared/contracts';
import type { Random, Span } from '@boxoffice/shared/platform/simulated';
import type { Deed, Telling } from './bank';
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
}

const minute = 60_000;

export function drawMind(random: Random, event: EventPublished): Mind {
  return {
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
