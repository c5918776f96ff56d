/** Ids, hashes and numbers; reasons are JSON, as their types in Core say. */
export interface FraudTables {
  /** What a rule has counted for one subject in one window. */
  fraudCounters: { counterId: string; stands: number; endsAt: string };
  /** Which accounts have used a card, and when last. */
  fraudCards: { cardId: string; userId: string; usedAt: string };
  /** From which address a payment was opened: a hash, for as long as it is kept. */
  fraudAddresses: { paymentId: string; addressId: string; forgetAt: string };
  /** Append only. */
  fraudDecisions: FraudDecisionRow;
  fraudReviews: FraudReviewRow;
}

export interface FraudDecisionRow {
  decisionId: string;
  stage: string;
  decision: string;
  reasons: string;
  orderId: string;
  paymentId: string;
  userId: string;
  decidedBy: string | null;
  decidedAt: string;
}

export interface FraudReviewRow {
  paymentId: string;
  orderId: string;
  state: string;
  reasons: string;
  openedAt: string;
  decideBy: string;
  decidedBy: string | null;
  decidedAt: string | null;
  note: string | null;
  version: number;
}
