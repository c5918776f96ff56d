/** What orders take of what there is only so much of. */
export interface PricingTables {
  allowances: { allowanceId: string; taken: number };
  uses: UseRow;
  giftCards: GiftCardRow;
  giftCardShares: GiftCardShareRow;
}

export interface UseRow {
  orderId: string;
  allowanceId: string;
  units: number;
  /** As much as there was of it when the order was placed. */
  most: number;
  /** 1, or 0 once it was given back. */
  isTaken: number;
}

export interface GiftCardRow {
  giftCardId: string;
  codeHash: string;
  organizerId: string;
  amountMinor: number;
  balanceMinor: number;
  currency: string;
  expiresAt: string | null;
  issuedAt: string;
}

/** What an order took off a card, and how much of that went back. */
export interface GiftCardShareRow {
  orderId: string;
  giftCardId: string;
  amountMinor: number;
  returnedMinor: number;
}
