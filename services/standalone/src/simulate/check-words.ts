import type { Books } from './books';
import { Client, type Stage } from './client';

interface OrderView {
  readonly orderId: string;
  readonly holdId: string;
  readonly state: string;
  readonly total: { readonly amountMinor: number };
}

/** Whatever somebody was told is still so: their orders and payments are there. */
export async function checkWords(stage: Stage, books: Books): Promise<void> {
  const { evidence, world } = stage;
  const clientOf = (who: string): Client => new Client(who, 'buyer', stage, world.random(`again ${who}`));
  for (const [orderId, { who, order }] of evidence.orders) {
    const answer = await clientOf(who).insist<OrderView>({
      service: 'payment-processing',
      method: 'GET',
      path: `/orders/${orderId}`,
    });
    const now = answer?.body;
    if (
      answer?.status !== 200 ||
      now?.holdId !== order.holdId ||
      now.total.amountMinor !== order.total.amountMinor
    )
      evidence.violated(`order ${orderId} of ${who} was acknowledged, now: ${JSON.stringify(answer)}`);
  }
  for (const [paymentId, { who, payment }] of evidence.payments) {
    const known = books.payments.find((one) => one.paymentId === paymentId);
    if (known?.amountMinor !== payment.amount.amountMinor)
      evidence.violated(`payment ${paymentId} of ${who} was acknowledged, now: ${JSON.stringify(known)}`);
  }
}
