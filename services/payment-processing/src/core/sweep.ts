import { Clock } from '@boxoffice/shared/kernel';
import { inject, injectable } from 'tsyringe';
import { advance } from './advance-order';
import { AskGateway } from './ask-gateway';
import { asking, type Payment } from './payment';
import { Books, Records, Waiting, Watch } from './ports';
import { RefundSettling } from './settle-refund';

/** How many are taken in one round, and how many gateways' answers are awaited at once. */
const round = { orders: 200, payments: 200, refunds: 100, refundPages: 10, atOnce: 10 } as const;

/** Looks after everything that waits too long: nothing in this service waits for ever. */
@injectable()
export class Sweep {
  constructor(
    @inject(Waiting) private readonly waiting: Waiting,
    @inject(Records) private readonly records: Records,
    @inject(Books) private readonly books: Books,
    @inject(AskGateway) private readonly gateway: AskGateway,
    @inject(RefundSettling) private readonly refunds: RefundSettling,
    @inject(Watch) private readonly watch: Watch,
    @inject(Clock) private readonly clock: Clock,
  ) {}

  async run(): Promise<void> {
    const now = this.clock.now();
    const orders = await this.waiting.overdueOrders(now, round.orders);
    await this.each('order', orders, (orderId) => this.remindOrder(orderId));
    const payments = await this.waiting.paymentsToAsk(now, round.payments);
    await this.each('payment', payments, (paymentId) => this.askAbout(paymentId, 'when-due'));
    // Thousands are owed at once when an event is cancelled. Each that was asked about is due later, so the next page is another.
    for (let page = 0; page < round.refundPages; page++) {
      const refunds = await this.waiting.refundsToAsk(now, round.refunds);
      await this.each('refund', refunds, (refundId) => this.refunds.ask(refundId));
      if (refunds.length < round.refunds) break;
    }
  }

  private async remindOrder(orderId: string): Promise<void> {
    const livePaymentId = (await this.records.order(orderId))?.livePaymentId;
    // Asked first, so that an order whose payment went through unheard is paid and not expired.
    if (livePaymentId !== undefined) await this.askQuietly(livePaymentId);
    await this.books.inOneCommit(async (commit) => {
      const order = await commit.order(orderId);
      const now = this.clock.now();
      if (order?.dueAt === undefined || order.dueAt > now) return;
      await commit.saveOrder(advance(order, 'deadline-passed', { now }));
    });
  }

  private async askQuietly(paymentId: string): Promise<void> {
    try {
      await this.askAbout(paymentId, 'now');
    } catch (error) {
      // No answer does not keep the order waiting: should the payment turn out captured, the order is paid late.
      this.watch.putOff('payment', paymentId, error);
    }
  }

  private async askAbout(paymentId: string, when: 'when-due' | 'now'): Promise<void> {
    const payment = await this.claim(paymentId, when);
    if (payment) await this.gateway.ask(payment);
  }

  /** Puts the next question off before this one is asked: a crash repeats it later, another sweeper passes by. */
  private claim(paymentId: string, when: 'when-due' | 'now'): Promise<Payment | undefined> {
    return this.books.inOneCommit(async (commit) => {
      const payment = await commit.payment(paymentId);
      const now = this.clock.now();
      if (payment?.askAt === undefined || (when === 'when-due' && payment.askAt > now)) return undefined;
      const next = asking(payment, now);
      await commit.savePayment(next);
      return next;
    });
  }

  private async each(
    what: 'order' | 'payment' | 'refund',
    ids: readonly string[],
    work: (id: string) => Promise<unknown>,
  ): Promise<void> {
    for (let from = 0; from < ids.length; from += round.atOnce) {
      const some = ids.slice(from, from + round.atOnce);
      await Promise.all(
        some.map((id) => work(id).catch((error: unknown) => this.watch.putOff(what, id, error))),
      );
    }
  }
}
