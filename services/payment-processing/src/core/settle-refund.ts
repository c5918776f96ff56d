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
      if (next.state !== refund.state && isSettled(next)) return settleInBooks(commit, next, now);
      await commit.saveRefund(next);
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

const isSettled = ({ state }: Refund): boolean => state === 'succeeded' || state === 'failed';

/** Records what has become of a refund, and tells its order. The refund as it was recorded. */
export async function settleInBooks(commit: Commit, refund: Refund, now: Instant): Promise<Refund> {
  const order = await commit.order(refund.orderId);
  if (!order) throw new Error(`refund ${refund.refundId} has no order`);
  const { message, settled } = await conclude(commit, refund, order);
  await commit.saveRefund(settled);
  await commit.saveOrder(advance(order, message, { now }), { refund: settled });
  return settled;
}

async function conclude(
  commit: Commit,
  refund: Refund,
  order: Order,
): Promise<{ readonly message: OrderMessage; readonly settled: Refund }> {
  const { paymentId, refundId, amount } = refund;
  if (refund.state === 'failed') return { message: 'refund-failed', settled: refund };
  if (order.paymentId !== paymentId) return { message: 'surplus-refunded', settled: refund };
  const payment = await commit.payment(paymentId);
  const earlier = (await commit.refundsOf(paymentId)).filter(
    (one) => one.state === 'succeeded' && one.refundId !== refundId,
  );
  const back = earlier.reduce((sum, one) => sum + one.amount.amountMinor, amount.amountMinor);
  const isLast = !payment || back >= payment.amount.amountMinor;
  const given = new Set(earlier.flatMap(({ ticketIds }) => ticketIds));
  // Refunds that failed may have been made up for by others: with the last of the money goes every ticket, whatever it was asked for.
  const goesWith = isLast ? order.tickets.map(({ ticketId }) => ticketId) : refund.ticketIds;
  return {
    message: isLast ? 'refund-succeeded' : 'part-refunded',
    settled: { ...refund, ticketIds: goesWith.filter((ticketId) => !given.has(ticketId)) },
  };
}
