import { Clock } from '@boxoffice/shared/kernel';
import { inject, injectable } from 'tsyringe';
import type { Order } from './order';
import { isLive, type Payment, type PaymentNews } from './payment';
import { GatewayRefused, Gateways, GatewaySilent, Records, type Gateway } from './ports';
import { PaymentSettling } from './settle-payment';

/** Where a buyer comes back to; `{orderId}` stands for the order. */
export const ReturnUrl = Symbol('ReturnUrl');

const noAnswer: PaymentNews = { outcome: { is: 'no-answer' } };

/** Asks the gateway about one payment, outside any transaction, and settles what it answers. */
@injectable()
export class AskGateway {
  constructor(
    @inject(Gateways) private readonly gateways: Gateways,
    @inject(Records) private readonly records: Records,
    @inject(PaymentSettling) private readonly settling: PaymentSettling,
    @inject(ReturnUrl) private readonly returnUrl: string,
    @inject(Clock) private readonly clock: Clock,
  ) {}

  /** Opens it at the gateway; the payment's id makes a repeat harmless. No answer leaves it `unknown`. */
  async create(payment: Payment, itsOrder?: Order): Promise<Payment> {
    const order = itsOrder ?? (await this.records.order(payment.orderId));
    if (!order) throw new Error(`payment ${payment.paymentId} has no order`);
    return this.settling.settle(payment.paymentId, await this.created(payment, order));
  }

  /**
   * Asks what became of it. While the order can be paid that is a look-up; afterwards the gateway is asked to take the
   * payment back, and answers with what it was if it is too late. Throws GatewaySilent.
   */
  async ask(payment: Payment): Promise<Payment> {
    // What was opened without an answer has no reference yet: opening it again gives the one it has.
    const opened = payment.reference === undefined ? await this.create(payment) : payment;
    if (opened.reference === undefined) return opened;
    const mayStillBePaid = await this.mayStillBePaid(opened);
    if (opened !== payment && mayStillBePaid) return opened;
    const gateway = this.gatewayOf(opened);
    const answer = mayStillBePaid ? gateway.lookUp(opened.reference) : gateway.cancel(opened.reference);
    return this.settling.settle(opened.paymentId, await answer);
  }

  private async mayStillBePaid(payment: Payment): Promise<boolean> {
    const order = await this.records.order(payment.orderId);
    return isLive(payment.state) && order?.state === 'placed' && order.holdExpiresAt > this.clock.now();
  }

  private async created(payment: Payment, order: Order): Promise<PaymentNews> {
    try {
      return await this.gatewayOf(payment).authorise({
        paymentId: payment.paymentId,
        orderId: payment.orderId,
        amount: payment.amount,
        description: order.event.title,
        returnUrl: this.returnUrl.replace('{orderId}', payment.orderId),
        expiresAt: order.holdExpiresAt,
        capture: 'at-once',
        buyer: order.buyer,
      });
    } catch (error) {
      if (error instanceof GatewaySilent) return noAnswer;
      if (error instanceof GatewayRefused) return { outcome: { is: 'declined', reason: error.message } };
      throw error;
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
