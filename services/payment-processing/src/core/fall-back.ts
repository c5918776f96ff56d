import { Clock, Ids } from '@boxoffice/shared/kernel';
import { inject, injectable } from 'tsyringe';
import { AskGateway, type Opening } from './ask-gateway';
import type { Order } from './order';
import { asking, firstAsk, isOpenedOrOver, learn, type Payment } from './payment';
import { Books, type Commit } from './ports';
import { paymentNotFound } from './refusals';
import { PaymentSettling } from './settle-payment';

/** A payment that this very request has recorded, so that no gateway can have heard of it yet. */
export interface FreshPayment {
  readonly payment: Payment;
  /** As it stands with this payment. */
  readonly order: Order;
  /** Who can take it should its gateway not, in this order. */
  readonly others: readonly string[];
}

/**
 * Opens a payment at its gateway, or at the next one. The next one is asked only where the first surely knows nothing of it: it said
 * no, or was never reached. After silence it may be open there, and paid: then it is asked again, and nobody else.
 */
@injectable()
export class FallingBack {
  constructor(
    @inject(Books) private readonly books: Books,
    @inject(AskGateway) private readonly asking: AskGateway,
    @inject(PaymentSettling) private readonly settling: PaymentSettling,
    @inject(Clock) private readonly clock: Clock,
    @inject(Ids) private readonly ids: Ids,
  ) {}

  async open({ payment, order, others }: FreshPayment): Promise<Payment> {
    const opening = await this.asking.open(payment, order);
    const [next, ...rest] = others;
    if (opening.untouched !== undefined && next !== undefined) {
      const replaced = await this.replace(payment, opening.untouched, next);
      if (replaced) return this.open({ ...replaced, others: rest });
    }
    return this.settling.settleFresh({ payment, order }, opening.news);
  }

  /** The same request once more: it goes on with whatever the first one came to. Nobody else is asked any more. */
  async openAgain(paymentId: string): Promise<Payment> {
    const payment = await this.claimed(paymentId);
    return isOpenedOrOver(payment) ? payment : this.asking.create(payment);
  }

  /**
   * Notes, before the gateway is asked, that it is: whoever still holds the payment for fresh then falls back no more.
   * Both may be under way at once, and two gateways must not.
   */
  private claimed(paymentId: string): Promise<Payment> {
    return this.books.inOneCommit(async (commit) => {
      const payment = await latest(commit, paymentId);
      if (isOpenedOrOver(payment)) return payment;
      const next = asking(payment, this.clock.now());
      await commit.savePayment(next);
      return next;
    });
  }

  /** Another payment in its place, in the commit that ends it; none where anybody has asked about it meanwhile. */
  private replace(
    fresh: Payment,
    reason: NonNullable<Opening['untouched']>,
    gateway: string,
  ): Promise<Omit<FreshPayment, 'others'> | undefined> {
    return this.books.inOneCommit(async (commit) => {
      const payment = await latest(commit, fresh.paymentId);
      const order = await commit.order(fresh.orderId);
      const untouched = payment.state === 'created' && payment.asks === 0;
      if (!untouched || order?.state !== 'placed' || order.livePaymentId !== payment.paymentId)
        return undefined;
      const now = this.clock.now();
      const other: Payment = {
        ...payment,
        paymentId: this.ids.next(),
        gateway,
        createdAt: now,
        askAt: firstAsk(now),
        version: 1,
      };
      const ended = learn(payment, { outcome: { is: 'declined', reason } }, now);
      await commit.savePayment({ ...ended, replacedBy: other.paymentId });
      const opened = await commit.addPayment(other);
      const waiting = { ...order, livePaymentId: other.paymentId };
      return { payment: opened, order: await commit.saveOrder({ order: waiting, effects: [] }) };
    });
  }
}

/** What was opened in its place, if it was. */
async function latest(commit: Commit, paymentId: string): Promise<Payment> {
  const payment = await commit.payment(paymentId);
  if (!payment) throw paymentNotFound();
  return payment.replacedBy === undefined ? payment : latest(commit, payment.replacedBy);
}
