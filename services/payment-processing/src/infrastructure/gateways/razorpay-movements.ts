import { toMilliseconds, type Instant } from '@boxoffice/shared/kernel';
import type Razorpay from 'razorpay';
import type { GatewayMovement } from '../../core/gateway';
import { object, text, UnreadableAnswer, type Json } from './answer';
import { linkOf } from './razorpay-look-up';
import { captureFrom, disputeMovement, markOf, refundMovement } from './razorpay-wire';

/** One call, for as long as one call may take. */
type Call = <T>(what: string, work: (razorpay: Razorpay) => Promise<T>) => Promise<T>;

/** As many as Razorpay gives at once. */
const pageSize = 100;

/** What was sold without us is left out; a refund that somebody made by hand of what we sold is not. */
export async function* razorpayMovements(
  call: Call,
  since: Instant,
  until: Instant,
): AsyncIterable<GatewayMovement> {
  const seconds = (at: Instant): number => Math.floor(toMilliseconds(at) / 1000);
  const span = { from: seconds(since), to: seconds(until) };
  const within = ({ at }: GatewayMovement): boolean => at >= since && at < until;
  const linkTo = (payment: Json, member: string): Promise<Json | undefined> =>
    call('link', (razorpay) => linkOf(razorpay, { payment_id: text(payment, member) }));

  for await (const payment of each(call, ({ payments }, page) => payments.all({ ...span, ...page }))) {
    // What was given back again was captured before.
    const link = ['captured', 'refunded'].includes(text(payment, 'status')) && (await linkTo(payment, 'id'));
    if (link) yield* [captureFrom(payment, link)].filter(within);
  }
  for await (const refund of each(call, ({ refunds }, page) => refunds.all({ ...span, ...page })))
    if (refund['status'] === 'processed' && (markOf(refund) ?? (await linkTo(refund, 'payment_id'))))
      yield* [refundMovement(refund)].filter(within);
  for await (const dispute of each(call, ({ disputes }, page) => disputes.all(page))) {
    const link = Number(dispute['amount_deducted']) > 0 && (await linkTo(dispute, 'payment_id'));
    if (link) yield* [disputeMovement(dispute, link)].filter(within);
  }
}

async function* each(
  call: Call,
  list: (razorpay: Razorpay, page: { readonly count: number; readonly skip: number }) => Promise<unknown>,
): AsyncIterable<Json> {
  for (let skip = 0; ; skip += pageSize) {
    const { items } = object(
      await call('movements', (razorpay) => list(razorpay, { count: pageSize, skip })),
    );
    if (!Array.isArray(items)) throw new UnreadableAnswer('items');
    yield* items.map(object);
    if (items.length < pageSize) return;
  }
}
