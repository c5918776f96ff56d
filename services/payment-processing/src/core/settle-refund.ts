import { Clock, type Instant } from '@boxoffice/shared/kernel';
import { inject, injectable } from 'tsyringe';
import { advance } from './advance-order';
import type { Order } from './order';
import type { OrderMessage } from './order-saga';
import {
  Books,
  Gateways,
  GatewayRefused,
  Watch,
  type Commit,
  type Gateway,
  type RefundAtGateway,
} from './ports';
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
      if (next.state !== refund.state) await tellOrder(commit, next, now);
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

/** Tells the order what has become of a refund of it. */
export async function tellOrder(commit: Commit, refund: Refund, now: Instant): Promise<void> {
  if (refund.state !== 'succeeded' && refund.state !== 'failed') return;
  const order = await commit.order(refund.orderId);
  if (!order) throw new Error(`refund ${refund.refundId} has no order`);
  const message = refund.state === 'failed' ? 'refund-failed' : await messageOf(commit, refund, order);
  await commit.saveOrder(advance(order, message, { now }), { refund });
}

async function messageOf(commit: Commit, { paymentId }: Refund, order: Order): Promise<OrderMessage> {
  if (order.paymentId !== paymentId) return 'surplus-refunded';
  const payment = await commit.payment(paymentId);
  const back = (await commit.refundsOf(paymentId))
    .filter(({ state }) => state === 'succeeded')
    .reduce((sum, { amount }) => sum + amount.amountMinor, 0);
  return payment && back < payment.amount.amountMinor ? 'part-refunded' : 'refund-succeeded';
}
