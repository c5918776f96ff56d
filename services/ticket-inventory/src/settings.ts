import { readSettings } from '@boxoffice/shared/kernel';
import type { PassIssuers } from './infrastructure/wallet-passes/signed-passes';

type Environment = Readonly<Record<string, string | undefined>>;

export interface InventorySettings {
  /** Holds of one event that a buyer may have at the same time. */
  readonly liveHoldsPerBuyer: number;
  /** Who listen to availability in one process at the same time, at most. */
  readonly mostListeners: number;
  /** In whose name tickets are issued for the wallets on phones. */
  readonly passes: PassIssuers;
}

/**
 * `HOLDS_PER_BUYER`: whole, 5 when not set. `LISTENERS`: whole, `usualListeners` when not set. Passes for Apple Wallet: `APPLE_PASS_TYPE_ID` and
 * `APPLE_TEAM_ID`, both or neither; for Google Wallet: `GOOGLE_WALLET_ISSUER_ID`. `SELLER_NAME` stands on them, `Boxoffice` when not set.
 */
export const readInventorySettings = (environment: Environment, usualListeners = 20_000): InventorySettings =>
  readSettings(environment, (setting) => {
    const seller = setting.textOr('SELLER_NAME', 'Boxoffice');
    const issuerId = environment['GOOGLE_WALLET_ISSUER_ID'];
    const apple = environment['APPLE_PASS_TYPE_ID'] || environment['APPLE_TEAM_ID'];
    // Read as a number for the complaint alone: it has more digits than numbers here keep.
    if (issuerId) setting.wholeOr('GOOGLE_WALLET_ISSUER_ID', 0);
    return {
      liveHoldsPerBuyer: setting.wholeOr('HOLDS_PER_BUYER', 5),
      mostListeners: setting.wholeOr('LISTENERS', usualListeners),
      passes: {
        ...(apple && {
          apple: {
            passTypeId: setting.text('APPLE_PASS_TYPE_ID'),
            teamId: setting.text('APPLE_TEAM_ID'),
            seller,
          },
        }),
        ...(issuerId && { google: { issuerId, seller } }),
      },
    };
  });
