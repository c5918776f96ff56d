import { usualLimits, type Rule } from './limits';

export interface FraudSettings {
  readonly rules: readonly Rule[];
  /** Without one no address is kept. */
  readonly hashKey: string | undefined;
  /** Proxies of ours between a caller and this service: so many of the last entries of `x-forwarded-for` are believed. */
  readonly proxies: number;
  /** How long a payment may wait for a person; below what a card's authorisation lasts. */
  readonly reviewHours: number;
  /** How long what was used by whom is kept. */
  readonly keepDays: number;
}
export const FraudSettings = Symbol('FraudSettings');

/** What holds where nothing is set. */
export const usualFraudMeasures: FraudSettings = {
  rules: usualLimits,
  hashKey: undefined,
  proxies: 0,
  reviewHours: 24,
  keepDays: 30,
};
