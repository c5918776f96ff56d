import type { SquareClient } from 'square';
import type { WebhookNotice } from '../../core/gateway';
import { orderWithPayments, ourPayment, type Once } from './square-orders';
import type { SquareEvent } from './square-webhook';
import { disputeFrom, isOurs, paymentFrom, paymentIdOf, refundFrom } from './square-wire';

/** What has become of that which an event is about. The till's own sales, refunds and disputes are nothing of ours. */
export async function noticeOf(
  square: SquareClient,
  once: Once,
  { id, about }: SquareEvent,
): Promise<WebhookNotice> {
  if (about && 'order' in about) {
    const { order, payments } = await orderWithPayments(square, once, about.order);
    if (paymentIdOf(order) !== undefined) return { id, payment: paymentFrom(order, payments, about.order) };
  }
  if (about && 'refund' in about) {
    const { refund } = await square.refunds.get({ refundId: about.refund }, once);
    if (refund && isOurs(refund)) return { id, refund: refundFrom(refund) };
  }
  if (about && 'dispute' in about) {
    const { dispute } = await square.disputes.get({ disputeId: about.dispute }, once);
    const payment = dispute && (await ourPayment(square, once, dispute.disputedPayment?.paymentId));
    const found = payment && disputeFrom(dispute, payment.ourId);
    if (found) return { id, dispute: found };
  }
  return { id, concerns: 'nothing-of-ours' };
}
