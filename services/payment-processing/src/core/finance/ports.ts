import type { Instant, Money } from '@boxoffice/shared/kernel';
import type { RecordedDispute } from '../dispute';
import type { Posting } from '../ledger';
import type { EventFacts, Order } from '../order';
import type { OrderState } from '../order-saga';
import type { FinanceTeam } from './finance-team';
import type { Payout } from './payout';

/** The part of a commit that the organiser's money needs. */
export interface FinanceCommit {
  financeTeam(organizerId: string): Promise<FinanceTeam | undefined>;
  addFinanceTeam(team: FinanceTeam): Promise<void>;
  saveFinanceTeam(team: FinanceTeam): Promise<void>;
  /** Records it with its posting; what is owed afterwards, in minor units. Below zero it must not be committed. */
  addPayout(payout: Payout, posting: Posting): Promise<number>;
}

/** Queries about money: they read tables of their own, which are written in the commits that move it. */
export interface FinanceRecords {
  event(eventId: string): Promise<EventFacts | undefined>;
  financeTeam(organizerId: string): Promise<FinanceTeam | undefined>;
  /** What is owed to the organiser, one a currency. */
  balances(organizerId: string): Promise<readonly Money[]>;
  payouts(
    organizerId: string,
    page: { limit: number; before: string | undefined },
  ): Promise<readonly Payout[]>;
  /** Newest first; `before` is the id of the last one seen. */
  disputes(
    organizerId: string,
    page: { limit: number; before: string | undefined },
  ): Promise<readonly RecordedDispute[]>;
  figures(eventId: string): Promise<readonly EventFigure[]>;
  ledgerOf(organizerId: string, window: LedgerWindow): Promise<readonly LedgerLine[]>;
  ordersOfEvent(eventId: string, wanted: OrdersWanted): Promise<readonly Order[]>;
}
export const FinanceRecords = Symbol('FinanceRecords');

/** What was sold and given back: of the whole event, or of one ticket type. */
export interface EventFigure {
  /** Absent: of the whole event, fees included. */
  readonly ticketTypeId: string | undefined;
  readonly currency: string;
  /** Tickets that were paid for, and those of them that were given back. */
  readonly soldCount: number;
  readonly returnedCount: number;
  /** Of a ticket type at its price; of the whole event what was paid at gateways, with the fees that buyers pay. */
  readonly soldMinor: number;
  readonly refundedMinor: number;
  /** What the platform kept. */
  readonly feesMinor: number;
}

export interface LedgerWindow {
  readonly from: Instant;
  readonly until: Instant;
  readonly limit: number;
  /** The last one seen. */
  readonly after: readonly [recordedAt: string, transactionId: string] | undefined;
}

/** One entry on an organiser's account. */
export interface LedgerLine {
  readonly transactionId: string;
  readonly recordedAt: Instant;
  /** Above zero: in favour of the organiser. */
  readonly amount: Money;
  readonly orderId: string | undefined;
  readonly eventTitle: string | undefined;
}

export interface OrdersWanted {
  readonly state: OrderState | undefined;
  readonly email: string | undefined;
  readonly limit: number;
  readonly before: string | undefined;
}
