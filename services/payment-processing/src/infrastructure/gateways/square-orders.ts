import type { Square, SquareClient } from 'square';
import { UnreadableAnswer } from './answer';
import { orderOf, paymentIdOf } from './square-wire';

/** How one call is made: for as long as it is waited for, and once, for the policy repeats. */
export interface Once {
  readonly abortSignal: AbortSignal;
  readonly maxRetries: 0;
  /** The package leaves its own clock running after a call that failed, so it runs no longer than ours. */
  readonly timeoutInSeconds: number;
}

export interface PaidOrder {
  readonly order: Square.Order;
  readonly payments: readonly Square.Payment[];
}

/** An order, and each attempt to pay it. */
export async function orderWithPayments(
  square: SquareClient,
  once: Once,
  reference: string,
): Promise<PaidOrder> {
  const { order } = await square.orders.get({ orderId: orderOf(reference) }, once);
  if (!order) throw new UnreadableAnswer('order');
  const payments: Square.Payment[] = [];
  for (const { paymentId } of order.tenders ?? []) {
    const { payment } = typeof paymentId === 'string' ? await square.payments.get({ paymentId }, once) : {};
    if (payment) payments.push(payment);
  }
  return { order, payments };
}

/** Which payment of ours Square means; undefined where it is none of ours. */
export async function ourPayment(
  square: SquareClient,
  once: Once,
  paymentId: string | null | undefined,
): Promise<{ readonly reference: string; readonly ourId: string } | undefined> {
  if (typeof paymentId !== 'string') return undefined;
  const { payment } = await square.payments.get({ paymentId }, once);
  if (payment?.orderId === undefined) return undefined;
  const { order } = await square.orders.get({ orderId: payment.orderId }, once);
  const ourId = order && paymentIdOf(order);
  return ourId === undefined ? undefined : { reference: payment.orderId, ourId };
}
