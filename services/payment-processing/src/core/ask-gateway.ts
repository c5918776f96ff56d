import { Clock } from '@boxoffice/shared/kernel';
import { inject, injectable } from 'tsyringe';
import { Reviews } from './fraud/ports';
import type { ReviewState } from './fraud/review';
import type { Order } from './order';
import { isLive, type Payment, type PaymentNews } from './payment';
import {
  GatewayRefused,
  GatewayResting,
  Gateways,
  GatewaySilent,
  Records,
  type Gateway,
  type PaymentAtGateway,
} from './ports';
import { PaymentSettling } from './settle-payment';

/** Where a buyer comes back to; `{orderId}` stands for the order. */
export const ReturnUrl = Symbol('ReturnUrl');

type Question = 'lookUp' | 'capture' | 'cancel';

const questions: Readonly<Record<ReviewState, Question>> = {
  waiting: 'lookUp',
  approved: 'capture',
  rejected: 'cancel',
  lapsed: 'cancel',
};

const noAnswer: PaymentNews = { outcome: { is: 'no-answer' } };

/** What the gateway said to a payment that was to be opened, yet to be settled. */
export interface Opening {
  readonly news: PaymentNews;
  /** Why there is surely nothing of this request at the gateway; undefined where there may be. */
  readonly untouched?: string;
}

/** Asks the gateway about one payment, outside any transaction, and settles what it answers. */
@injectable()
export class AskGateway {
  constructor(
    @inject(Gateways) private readonly gateways: Gateways,
    @inject(Records) private readonly records: Records,
    @inject(Reviews) private readonly reviews: Reviews,
    @inject(PaymentSettling) private readonly settling: PaymentSettling,
    @inject(ReturnUrl) private readonly returnUrl: string,
    @inject(Clock) private readonly clock: Clock,
  ) {}

  /** Opens it at the gateway; the payment's id makes a repeat harmless. No answer leaves it `unknown`. */
  async create(payment: Payment, itsOrder?: Order): Promise<Payment> {
    const order = itsOrder ?? (await this.records.order(payment.orderId));
    if (!order) throw new Error(`payment ${payment.paymentId} has no order`);
    return this.settling.settle(payment.paymentId, (await this.open(payment, order)).news);
  }

  /**
   * Asks what became of it. While the order can be paid that is a look-up; afterwards the gateway is asked to take the
   * payment back, and answers with what it was if it is too late. What is authorised only is captured once that was
   * approved, and waits for it beyond the hold's end. Throws GatewaySilent.
   */
  async ask(payment: Payment): Promise<Payment> {
    // What was opened without an answer has no reference yet: opening it again gives the one it has.
    const opened = payment.reference === undefined ? await this.create(payment) : payment;
    if (opened.reference === undefined) return opened;
    const question = await this.questionFor(opened);
    if (opened !== payment && question === 'lookUp') return opened;
    const answer = await this.answer(this.gatewayOf(opened), question, opened.reference, opened);
    return this.settling.settle(opened.paymentId, answer);
  }

  private async questionFor(payment: Payment): Promise<Question> {
    const order = await this.records.order(payment.orderId);
    if (!order || !isLive(payment.state)) return 'cancel';
    if (payment.state === 'authorised' && payment.capture === 'later') {
      if (order.state !== 'placed' && order.state !== 'expired') return 'cancel';
      return questions[(await this.reviews.of(payment.paymentId))?.state ?? 'rejected'];
    }
    const until = payment.payBy ?? order.holdExpiresAt;
    return order.state === 'placed' && until > this.clock.now() ? 'lookUp' : 'cancel';
  }

  private async answer(
    gateway: Gateway,
    question: Question,
    reference: string,
    payment: Payment,
  ): Promise<PaymentAtGateway> {
    if (question !== 'capture') return gateway[question](reference);
    try {
      return await gateway.capture(reference, payment);
    } catch (error) {
      // The bank has let it lapse, or it was captured by hand: what is true stands there.
      if (error instanceof GatewayRefused) return gateway.lookUp(reference);
      throw error;
    }
  }

  async open(payment: Payment, order: Order): Promise<Opening> {
    try {
      const news = await this.gatewayOf(payment).authorise({
        paymentId: payment.paymentId,
        orderId: payment.orderId,
        amount: payment.amount,
        description: order.event.title,
        returnUrl: this.returnUrl.replace('{orderId}', payment.orderId),
        expiresAt: payment.payBy ?? order.holdExpiresAt,
        capture: payment.capture,
        ...(payment.method === undefined ? {} : { method: payment.method }),
        buyer: order.buyer,
      });
      return { news };
    } catch (error) {
      if (error instanceof GatewayResting) return { news: noAnswer, untouched: error.message };
      if (error instanceof GatewaySilent) return { news: noAnswer };
      if (!(error instanceof GatewayRefused)) throw error;
      return { news: { outcome: { is: 'declined', reason: error.message } }, untouched: error.message };
    }
  }

  private gatewayOf(payment: Payment): Gateway {
    const gateway = this.gateways.named(payment.gateway);
    if (!gateway)
      throw new Error(
        `the keys of ${payment.gateway} are gone, and payment ${payment.paymentId} is under way there`,
      );
    return gateway;
  }
}
