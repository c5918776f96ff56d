import { Clock } from '@boxoffice/shared/kernel';
import { inject, injectable } from 'tsyringe';
import { advance } from './advance-order';
import { OutcomeNoting } from './fraud/note-outcome';
import type { OrderMessage } from './order-saga';
import { isLive, learn, type Payment, type PaymentNews } from './payment';
import { Books, type Commit, type Written } from './ports';
import { paymentNotFound } from './refusals';

/** The one door through which news of a payment enters: webhook, sweeper, confirmation, the answer to its opening. */
@injectable()
export class PaymentSettling {
  constructor(
    @inject(Books) private readonly books: Books,
    @inject(OutcomeNoting) private readonly outcomes: OutcomeNoting,
    @inject(Clock) private readonly clock: Clock,
  ) {}

  /** `messageId`, where the news came as a message: the second time it changes nothing. */
  async settle(paymentId: string, news: PaymentNews, messageId?: string): Promise<Payment> {
    return this.books.inOneCommit((commit) => this.settleIn(commit, paymentId, news, messageId));
  }

  /** The same, of what this very request has written. */
  async settleFresh(written: Written, news: PaymentNews): Promise<Payment> {
    const { paymentId } = written.payment;
    return this.books.inOneCommit((commit) => this.settleIn(commit, paymentId, news), written);
  }

  /** The same in a commit that writes more. */
  async settleIn(commit: Commit, paymentId: string, news: PaymentNews, messageId?: string): Promise<Payment> {
    const payment = await commit.payment(paymentId);
    if (!payment) throw paymentNotFound();
    if (messageId !== undefined && !(await commit.firstTime(messageId))) return payment;
    const learnt = learn(payment, news, this.clock.now());
    if (learnt === payment) return payment;
    const fingerprint = 'fingerprint' in news ? news.fingerprint : undefined;
    const next = await this.outcomes.note(commit.fraud, payment, learnt, fingerprint);
    await commit.savePayment(next);
    await this.tellOrder(commit, payment, next);
    return next;
  }

  private async tellOrder(commit: Commit, before: Payment, payment: Payment): Promise<void> {
    const heard = messageFor(before, payment);
    if (!heard) return;
    const order = await commit.order(payment.orderId);
    if (!order) throw new Error(`payment ${payment.paymentId} has no order`);
    const tooLate = heard === 'captured' && order.state === 'expired' && !(await commit.takeAgain(order));
    const message = tooLate ? 'captured-too-late' : heard;
    const now = this.clock.now();
    const { paymentId, capturedAt } = payment;
    const step = advance(order, message, {
      now,
      paymentId,
      ...(capturedAt === undefined ? {} : { capturedAt }),
    });
    await commit.saveOrder(step, { payment });
  }
}

function messageFor(before: Payment, payment: Payment): OrderMessage | undefined {
  if (payment.state === before.state) return undefined;
  if (payment.state === 'captured') return 'captured';
  return isLive(payment.state) ? undefined : 'payment-ended';
}
