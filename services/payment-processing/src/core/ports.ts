import type {
  EventPublished,
  IssuedPaper,
  SaleTerms,
  SigningKeyPublished,
} from '@boxoffice/shared/contracts';
import type { Instant } from '@boxoffice/shared/kernel';
import type { FindKey } from '@boxoffice/shared/tokens';
import type { OrderStep } from './advance-order';
import type { TransferBook } from './bank-transfer/ports';
import type { FraudBook } from './fraud/ports';
import type { DisputeBook, RecordedDispute } from './dispute';
import type { FinanceCommit } from './finance/ports';
import type { GiftCard } from './gift-card';
import type { EventFacts, Order } from './order';
import type { Payment } from './payment';
import type { Use } from './pricing/allowances';
import type { TicketPrice } from './pricing/basket';
import type { NoTicketsReason, Refund } from './refund';
import type { RefundCommit } from './refund-job';

export * from './gateway';

/** Orders, payments, refunds, the ledger and what is announced of them, kept so that they never contradict each other. */
export interface Books {
  /**
   * All that `work` writes, or nothing. Runs again when another was faster, so it does nothing but talk to `commit`. What is
   * `written` is read only then: whoever saves it finds out if it has changed since.
   */
  inOneCommit<T>(work: (commit: Commit) => Promise<T>, written?: Written): Promise<T>;
  /** The same for a request that may be repeated: the first answer is kept, and given again. */
  once<T extends object>(request: RepeatableRequest, work: (commit: Commit) => Promise<T>): Promise<T>;
}
export const Books = Symbol('Books');

/** A payment and its order as they were just committed. */
export interface Written {
  readonly payment: Payment;
  readonly order: Order;
}

/** The same key with the same fingerprint is the same request; with another it is refused. */
export interface RepeatableRequest {
  readonly key: string;
  readonly fingerprint: string;
}

/** What a price is made of. */
export interface PriceBook {
  /** The event, and the prices of those ticket types that it has announced. */
  priceList(eventId: string, ticketTypeIds: readonly string[]): Promise<PriceList | undefined>;
  /** How much of each allowance is taken; those that are absent are whole. */
  taken(allowanceIds: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** By the hashes of their codes. */
  giftCards(codeHashes: readonly string[]): Promise<ReadonlyMap<string, GiftCard>>;
}

export interface Commit extends PriceBook, RefundCommit, FinanceCommit {
  order(orderId: string): Promise<Order | undefined>;
  orderOfHold(holdId: string): Promise<Order | undefined>;
  payment(paymentId: string): Promise<Payment | undefined>;
  refund(refundId: string): Promise<Refund | undefined>;
  /** True once for each message: it counts as heard when this commits. */
  firstTime(messageId: string): Promise<boolean>;
  readonly disputes: DisputeBook;
  readonly fraud: FraudBook;
  readonly transfers: TransferBook;
  /** With what its price rests on: the uses, and the shares of its gift cards. Fails as a `save` does where another took the last of it. */
  addOrder(step: OrderStep, uses: readonly Use[]): Promise<void>;
  /** Takes again what an order gave back when it expired. False, and nothing is taken, where any of it is gone. */
  takeAgain(order: Order): Promise<boolean>;
  addGiftCard(card: GiftCard, codeHash: string): Promise<void>;
  /** Answers the payment as it is now. */
  addPayment(payment: Payment): Promise<Payment>;
  savePayment(payment: Payment): Promise<void>;
  saveRefund(refund: Refund): Promise<void>;
  /**
   * Writes the order and carries its effects out, as adding does. Every `save` fails when another has written since `version` was read;
   * the work then runs again. Answers the order as it is now.
   */
  saveOrder(step: OrderStep, about?: StepAbout): Promise<Order>;
}

/** What a step of the saga speaks of. */
export interface StepAbout {
  readonly payment?: Payment;
  readonly refund?: Refund;
  /** Why there are no tickets, where ticket-inventory has said so. */
  readonly because?: NoTicketsReason;
}

export interface PriceList {
  readonly event: EventFacts;
  /** Nothing of it is sold any more. */
  readonly isCancelled: boolean;
  readonly prices: readonly TicketPrice[];
  readonly terms: SaleTerms;
}

/** What other services have announced, as far as an order needs it. */
export interface Announced {
  /** Keeps the event and its prices, unless a newer version of it is here. */
  keepEvent(event: EventPublished): Promise<void>;
  keepKey(key: SigningKeyPublished): Promise<void>;
  /** The public key of hold tokens with that id. */
  holdKey(keyId: string): Promise<ReturnType<FindKey>>;
}
export const Announced = Symbol('Announced');

/** What waits, and since when; oldest first. */
export interface Waiting {
  overdueOrders(now: Instant, limit: number): Promise<readonly string[]>;
  paymentsToAsk(now: Instant, limit: number): Promise<readonly string[]>;
  refundsToAsk(now: Instant, limit: number): Promise<readonly string[]>;
  /** When the order was paid that has waited longest for its tickets; undefined where none waits. */
  unfulfilledSince(): Promise<Instant | undefined>;
}
export const Waiting = Symbol('Waiting');

/** Queries: they read what is committed, and decide nothing. */
export interface Records extends PriceBook {
  order(orderId: string): Promise<Order | undefined>;
  payment(paymentId: string): Promise<Payment | undefined>;
  refundsOf(paymentId: string): Promise<readonly Refund[]>;
  /** What was issued for an order: its invoice, then credit notes. */
  papersOf(orderId: string): Promise<readonly IssuedPaper[]>;
  /** Newest first; `before` is the id of the last one seen. */
  ordersOf(userId: string, page: Page): Promise<readonly Order[]>;
  paymentsOf(userId: string, page: Page): Promise<readonly Payment[]>;
}
export const Records = Symbol('Records');

export interface Page {
  readonly limit: number;
  readonly before: string | undefined;
}

/** Whoever minds the shop: told of what can't be done now, or at all. */
export interface Watch {
  /** A bank has taken a payment back, or what it came to. */
  disputed(dispute: RecordedDispute): void;
  /** It stays due, and the next round tries again. */
  putOff(what: 'order' | 'payment' | 'refund', id: string, error: unknown): void;
  /** The gateway will not give the money back: a person has to. */
  handedOver(refund: Refund): void;
  /** For so long somebody has paid and has no tickets; 0 where everybody has. */
  unfulfilledFor(seconds: number): void;
}
export const Watch = Symbol('Watch');
