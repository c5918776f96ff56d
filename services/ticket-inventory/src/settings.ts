import { readSettings } from '@boxoffice/shared/kernel';

export interface InventorySettings {
  /** Holds of one event that a buyer may have at the same time. */
  readonly liveHoldsPerBuyer: number;
}

/** `HOLDS_PER_BUYER`: whole, 5 when not set. */
export const readInventorySettings = (env: Readonly<Record<string, string | undefined>>): InventorySettings =>
  readSettings(env, (s) => ({ liveHoldsPerBuyer: s.wholeOr('HOLDS_PER_BUYER', 5) }));
