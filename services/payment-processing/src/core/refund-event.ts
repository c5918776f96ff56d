import type { EventCancelled } from '@boxoffice/shared/contracts';
import { after, Clock, Ids } from '@boxoffice/shared/kernel';
import { inject, injectable } from 'tsyringe';
import { advance } from './advance-order';
import { Desk, type Caller } from './finance/desk';
import type { Order } from './order';
import { Books, Watch, type Commit, type RepeatableRequest } from './ports';
import { leftOf, ownRefundKey, type RefundReason } from './refund';
import {
  jobPace,
  newJob,
  RefundRecords,
  type RefundJob,
  type RefundJobKey,
  type RefundProgress,
} from './refund-job';
import { askFor } from './request-refund';

/** How many orders' commits are under way at once, and how many pages one run goes through. */
const pace = { atOnce: 10, pagesARun: 20, jobsARun: 10 } as const;

export interface RefundEvent {
  readonly by: Caller;
  readonly eventId: string;
  readonly reason: RefundReason;
  readonly request: RepeatableRequest;
}

/**
 * Gives an event's money back, order by order. What is done is known by each order and its refunds; the job only knows how
 * far it has come, so that it may be killed anywhere and go on.
 */
@injectable()
export class EventRefunding {
  constructor(
    @inject(Books) private readonly books: Books,
    @inject(RefundRecords) private readonly records: RefundRecords,
    @inject(Desk) private readonly desk: Desk,
    @inject(Watch) private readonly watch: Watch,
    @inject(Clock) private readonly clock: Clock,
    @inject(Ids) private readonly ids: Ids,
  ) {}

  async hearCancelled(messageId: string, { eventId }: EventCancelled): Promise<void> {
    await this.books.inOneCommit(async (commit) => {
      if (await commit.firstTime(messageId)) await this.begin(commit, { eventId, reason: 'event-cancelled' });
    });
  }

  /** Asked for again, with the same reason, it is the same job. */
  async ask({ by, eventId, reason, request }: RefundEvent): Promise<void> {
    await this.desk.eventOf(eventId, by);
    await this.books.once(request, async (commit) => {
      await this.begin(commit, { eventId, reason });
      return {};
    });
  }

  async progress(by: Caller, eventId: string): Promise<RefundProgress> {
    await this.desk.eventOf(eventId, by);
    return this.records.progress(eventId);
  }

  /** A round of the timer: goes on with what is due, for a while. */
  async run(): Promise<void> {
    for (const job of await this.records.jobsDue(this.clock.now(), pace.jobsARun))
      for (let pages = 0; pages < pace.pagesARun; pages++) if (!(await this.goOn(job))) break;
  }

  private async begin(commit: Commit, key: RefundJobKey): Promise<void> {
    if (!(await commit.refundJob(key))) await commit.addRefundJob(newJob(key, this.clock.now()));
  }

  /** One page. False where there is nothing left to do now. */
  private async goOn(key: RefundJobKey): Promise<boolean> {
    const job = await this.books.inOneCommit((commit) => commit.refundJob(key));
    if (job?.dueAt === undefined || job.dueAt > this.clock.now()) return false;
    const orderIds = await this.records.ordersToRefund(key.eventId, job.cursor, jobPace.page);
    let waiting = 0;
    for (let from = 0; from < orderIds.length; from += pace.atOnce) {
      const some = orderIds.slice(from, from + pace.atOnce);
      const settled = await Promise.all(some.map((orderId) => this.tryOrder(orderId, key.reason)));
      waiting += settled.filter((one) => !one).length;
    }
    return this.note(job, orderIds.at(-1), waiting);
  }

  private async note(seen: RefundJob, last: string | undefined, waiting: number): Promise<boolean> {
    return this.books.inOneCommit(async (commit) => {
      const job = await commit.refundJob(seen);
      // Another has gone on with it, or an order has come to its tickets: the next look begins with what they wrote.
      if (job?.version !== seen.version) return job?.dueAt !== undefined;
      const left = job.waiting + waiting;
      if (last !== undefined) await commit.saveRefundJob({ ...job, cursor: last, waiting: left });
      else if (left > 0) await commit.saveRefundJob({ ...job, ...this.nextRound() });
      else await commit.saveRefundJob({ ...job, cursor: '', dueAt: undefined, doneAt: this.clock.now() });
      return last !== undefined;
    });
  }

  private nextRound = () => ({
    cursor: '',
    waiting: 0,
    dueAt: after(this.clock.now(), { seconds: jobPace.roundSeconds }),
  });

  private async tryOrder(orderId: string, reason: RefundReason): Promise<boolean> {
    try {
      return await this.refund(orderId, reason);
    } catch (error) {
      this.watch.putOff('order', orderId, error);
      return false; // and the others are not kept waiting
    }
  }

  /** False while it can't be said what becomes of the order. */
  private refund(orderId: string, reason: RefundReason): Promise<boolean> {
    return this.books.inOneCommit(async (commit) => {
      const order = await commit.order(orderId);
      const now = this.clock.now();
      switch (order?.state) {
        case 'placed':
          if (reason !== 'event-cancelled') return true;
          await commit.saveOrder(advance(order, 'deadline-passed', { now }));
          return false; // until its payment has been taken back, or turns out to have been captured
        case 'paid':
          return false;
        case 'fulfilled':
          if (order.paymentId === undefined) return this.callOff(commit, order, reason);
          await this.giveBack(commit, order, reason);
          return true;
        case 'partly-refunded':
          await this.giveBack(commit, order, reason);
          return true;
        default:
          return order?.livePaymentId === undefined;
      }
    });
  }

  /** Free, or paid for with gift cards alone: what it was bought with is theirs again. */
  private async callOff(commit: Commit, order: Order, reason: RefundReason): Promise<boolean> {
    if (reason === 'event-cancelled')
      await commit.saveOrder(advance(order, 'called-off', { now: this.clock.now() }));
    return true;
  }

  private async giveBack(commit: Commit, order: Order, reason: RefundReason): Promise<void> {
    const payment = order.paymentId === undefined ? undefined : await commit.payment(order.paymentId);
    if (!payment || leftOf(payment).amountMinor === 0) return;
    const refundKey = ownRefundKey(payment.paymentId, reason);
    // One that the gateway has refused waits for a person, and is not asked for under another name.
    if ((await commit.refundsOf(payment.paymentId)).some((one) => one.refundKey === refundKey)) return;
    const rest = (given: ReadonlySet<string>) => ({
      refundKey,
      reason,
      amount: leftOf(payment),
      ticketIds: order.tickets.map(({ ticketId }) => ticketId).filter((id) => !given.has(id)),
      note: undefined,
    });
    await askFor(commit, order, payment, rest, { refundId: this.ids.next(), now: this.clock.now() });
  }
}
