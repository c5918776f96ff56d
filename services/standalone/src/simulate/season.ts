import type { Random } from '@boxoffice/shared/platform/simulated';

/** What a run is about besides plain purchases. As with faults, each seed has its own: what is always there hides what only happens without it. */
export interface Season {
  /** Payments can be made at a second bank, and which of them is asked first is the seed's. */
  readonly banks: readonly [string, ...string[]];
  /** Money comes by bank transfer, too. */
  readonly transfers: boolean;
  /** Events give discounts: for codes that few may use, and to everybody. */
  readonly discounts: boolean;
  readonly giftCards: boolean;
  /** How many of those who have paid want money back. */
  readonly regrets: number;
  /** What becomes of one event, amid its sale: it is cancelled, or its organiser gives all that was paid until then back. */
  readonly end: 'cancelled' | 'refunded' | undefined;
  /** What a bank would not give back, a person does, and says so. */
  readonly byHand: boolean;
}

export const drawSeason = (random: Random): Season => ({
  banks: random.pick([['sandbox'], ['sandbox'], ['sandbox', 'harbour'], ['harbour', 'sandbox']]),
  transfers: random.chance(0.3),
  discounts: random.chance(0.4),
  giftCards: random.chance(0.5),
  regrets: random.pick([0, 0.5, 0.9]),
  end: random.pick([undefined, undefined, undefined, 'cancelled', 'cancelled', 'refunded']),
  byHand: random.chance(0.5),
});
