import type { MessagingTables } from '@boxoffice/shared/messaging';
import type { TransferTables } from './bank-transfer/transfer-tables';
import type { DisputeTables } from './dispute-tables';
import type { FraudTables } from './fraud/fraud-tables';
import type { MoneyTables } from './money-tables';
import type { PaperTables } from './paper-tables';
import type { PricingTables } from './pricing-tables';

/** Amounts are whole minor units; instants, lists and lines are text, as their types in Core say. */
export interface PaymentTables
  extends
    MessagingTables,
    PricingTables,
    FraudTables,
    MoneyTables,
    PaperTables,
    TransferTables,
    DisputeTables {
  events: EventRow;
  prices: PriceRow;
  signingKeys: { keyId: string; purpose: string; publicKey: string; publishedAt: string };
  orders: OrderRow;
  payments: PaymentRow;
  refunds: RefundRow;
  /** Append only. The two rows of a transaction sum to zero. */
  ledger: LedgerRow;
}

export interface EventRow {
  eventId: string;
  eventVersion: number;
  organizerId: string;
  title: string;
  startsAt: string;
  endsAt: string;
  timeZone: string;
  venueName: string;
  venueAddress: string;
  /** `SaleTerms`, where the event has any. */
  terms: string | null;
}

export interface PriceRow {
  ticketTypeId: string;
  eventId: string;
  name: string;
  amountMinor: number;
  currency: string;
  /** Tiers, packages and the like, where it has any. */
  terms: string | null;
}

export interface OrderRow {
  orderId: string;
  holdId: string;
  eventId: string;
  userId: string;
  buyerName: string;
  buyerEmail: string;
  /** Company, VAT number, country, locale: what there is of them. */
  buyerMore: string | null;
  answers: string | null;
  /** Only of orders from before there was `price`. */
  lines: string;
  price: string | null;
  totalMinor: number;
  currency: string;
  state: string;
  holdExpiresAt: string;
  placedAt: string;
  paidAt: string | null;
  paymentId: string | null;
  livePaymentId: string | null;
  tickets: string | null;
  fulfilledAt: string | null;
  dueAt: string | null;
  asks: number;
  version: number;
}

export interface PaymentRow {
  paymentId: string;
  orderId: string;
  userId: string;
  gateway: string;
  amountMinor: number;
  currency: string;
  method: string | null;
  replacedBy: string | null;
  /** Null for `at-once`. */
  capture: string | null;
  /** Null for the end of the order's hold. */
  payBy: string | null;
  state: string;
  reference: string | null;
  checkoutUrl: string | null;
  declineReason: string | null;
  createdAt: string;
  capturedAt: string | null;
  refundedMinor: number;
  askAt: string | null;
  asks: number;
  traceparent: string | null;
  version: number;
}

export interface RefundRow {
  refundId: string;
  paymentId: string;
  orderId: string;
  gateway: string;
  paymentReference: string;
  reason: string;
  amountMinor: number;
  currency: string;
  state: string;
  reference: string | null;
  failure: string | null;
  eventId: string | null;
  refundKey: string | null;
  ticketIds: string | null;
  note: string | null;
  settledBy: string | null;
  requestedAt: string;
  refundedAt: string | null;
  askAt: string | null;
  asks: number;
  version: number;
}

export interface LedgerRow {
  transactionId: string;
  entry: number;
  account: string;
  amountMinor: number;
  currency: string;
  /** Empty where it is no order's: a payout. */
  orderId: string;
  recordedAt: string;
}
