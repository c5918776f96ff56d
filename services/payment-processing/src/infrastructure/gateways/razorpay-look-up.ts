import type Razorpay from 'razorpay';
import type { WebhookNotice } from '../../core/gateway';
import { object, text, UnreadableAnswer, type Json } from './answer';
import { disputeFrom, markOf, paymentFrom, refundFrom } from './razorpay-wire';
import type { RazorpayEvent } from './razorpay-webhook';

/** The link of ours that was opened under a reference, or that a payment was made with; undefined where there is none. */
export async function linkOf(
  { paymentLink }: Razorpay,
  by: { readonly reference_id: string } | { readonly payment_id: string },
): Promise<Json | undefined> {
  const { payment_links } = object(await paymentLink.all(by as object));
  if (!Array.isArray(payment_links)) throw new UnreadableAnswer('payment_links');
  return payment_links.map(object).find((link) => markOf(link) !== undefined);
}

/** What has become of that which an event is about. What the shop does by hand is nothing of ours. */
export async function noticeOf(razorpay: Razorpay, { id, about }: RazorpayEvent): Promise<WebhookNotice> {
  if (about && 'link' in about) {
    const link = object(await razorpay.paymentLink.fetch(about.link));
    if (markOf(link) !== undefined) return { id, payment: paymentFrom(link) };
  }
  if (about && 'refund' in about) {
    const refund = object(await razorpay.refunds.fetch(about.refund));
    if (markOf(refund) !== undefined) return { id, refund: refundFrom(refund) };
  }
  if (about && 'dispute' in about) {
    const dispute = object(await razorpay.disputes.fetch(about.dispute));
    const link = await linkOf(razorpay, { payment_id: text(dispute, 'payment_id') });
    const found = link && disputeFrom(dispute, markOf(link) ?? '');
    if (found) return { id, dispute: found };
  }
  return { id, concerns: 'nothing-of-ours' };
}
