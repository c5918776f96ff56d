import type { TicketInHand } from './my-tickets';

/**
 * Tickets as the wallets on phones keep them, in the name of their holder. Where a wallet is not set up here, and where what signs for
 * it has run out or does not fit, it is refused.
 */
export interface WalletPasses {
  /** For Apple Wallet: the bytes of a signed `.pkpass`. */
  applePass(ticket: TicketInHand, holder: string): Promise<Uint8Array>;
  /** For Google Wallet: the address at which its holder saves it. */
  googleSaveUrl(ticket: TicketInHand, holder: string): Promise<string>;
}
export const WalletPasses = Symbol('WalletPasses');
