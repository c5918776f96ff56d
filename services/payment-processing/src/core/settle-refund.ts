import { Clock } from '@boxoffice/shared/kernel';
import { inject, injectable } from 'tsyringe';
import { advance } from './advance-order';
import { Books, Gateways, GatewayRefused, Watch, type Gateway, type RefundAtGateway } from './ports';
import { learnOfRefund, submitting, type Refund, type RefundNews } from './refund';

/** Gives money back: asks the gateway, as often as it takes, under one idempotency key. */
@injectable()
export class RefundSettling {
  constructor(
    @inject(Books) private readonly books: Books,
    @inject(Watch) private readonly watch: Watch,
    @inject(Gateways) private readonly gateways: Gateways,
    @inject(Clock) private readonly clock: Clock,
  ) {}

  /** Throws GatewaySilent; the refund is then asked about again by itself. Resolves to what it is now. */
  async ask(refundId: string): Promise<Refund | undefined> {
    // Recorded before it is asked: a crash in between leaves a refund that is looked after, and others who sweep pass by.
    const refund = await this.submitted(refundId);
    if (!refund) return undefined;
    const settled = await this.settle(refundId, await this.answer(refund));
    if (settled?.state === 'failed') this.watch.handedOver(settled);
    return settled;
  }

  async settle(refundId: string, news: RefundNews, messageId?: string): Promise<Refund | undefined> {
    return this.books.inOneCommit(async (commit) => {
      const refund = await commit.refund(refundId);
      if (!refund || (messageId !== undefined && !(await commit.firstTime(messageId)))) return refund;
      const now = this.clock.now();
      const next = learnOfRefund(refund, news, now);
      if (next === refund) return refund;
      await commit.saveRefund(next);
      if (next.state !== 'succeeded' || refund.state === 'succeeded') return next;
      const order = await commit.order(refund.orderId);
      if (!order) throw new Error(`refund ${refundId} has no order`);
      const message = order.paymentId === refund.paymentId ? 'refund-succeeded' : 'surplus-refunded';
      await commit.saveOrder(advance(order, message, { now }), { refund: next });
      return next;
    });
  }

  private submitted(refundId: string): Promise<Refund | undefined> {
    return this.books.inOneCommit(async (commit) => {
      const refund = await commit.refund(refundId);
      const now = this.clock.now();
      if (refund?.askAt === undefined || refund.askAt > now) return undefined;
      const next = submitting(refund, now);
      await commit.saveRefund(next);
      return next;
    });
  }

  private async answer(refund: Refund): Promise<RefundNews> {
    const gateway = this.gatewayOf(refund);
    try {
      return await (refund.reference === undefined
        ? this.refund(gateway, refund)
        : gateway.lookUpRefund(refund.reference, refund.paymentReference));
    } catch (error) {
      if (error instanceof GatewayRefused) return { outcome: { is: 'failed', reason: error.message } };
      throw error;
    }
  }

  private refund(gateway: Gateway, { refundId, paymentReference, amount }: Refund): Promise<RefundAtGateway> {
    return gateway.refund({ refundId, paymentReference, amount });
  }

  private gatewayOf(refund: Refund): Gateway {
    const gateway = this.gateways.named(refund.gateway);
    if (!gateway)
      throw new Error(`the keys of ${refund.gateway} are gone, and refund ${refund.refundId} is owed there`);
    return gateway;
  }
}
