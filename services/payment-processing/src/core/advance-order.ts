import type { IssuedTicket } from '@boxoffice/shared/contracts';
import { after, type Instant } from '@boxoffice/shared/kernel';
import type { Order } from './order';
import { orderSaga, patience, type Effect, type OrderMessage, type OrderState } from './order-saga';
import { askAgainAt } from './waiting';

/** Somebody's books are wrong. Not retried into truth: it ends among the dead letters, where a person sees it. */
export class SagaContradiction extends Error {
  override readonly name = 'SagaContradiction';
}

/** What came with the message. */
export interface Tidings {
  readonly now: Instant;
  /** Of the payment that the message is about. */
  readonly paymentId?: string;
  readonly capturedAt?: Instant;
  readonly tickets?: readonly IssuedTicket[];
}

export interface OrderStep {
  readonly order: Order;
  readonly effects: readonly Effect[];
}

/** Reads the saga's table: the order as it is afterwards, and what is to be done in the same commit. */
export function advance(order: Order, message: OrderMessage, tidings: Tidings): OrderStep {
  const move = orderSaga[order.state][message];
  if ('contradiction' in move)
    throw new SagaContradiction(
      `order ${order.orderId} is ${order.state}, yet ${message}: ${move.contradiction}`,
    );
  const moved = move.state !== order.state;
  const waitsAnew = moved || message === 'deadline-passed';
  const asks = moved ? 0 : order.asks + (message === 'deadline-passed' ? 1 : 0);
  // Money that came too late pays for the order too, though it goes back at once.
  const becomesPaid = moved && (move.state === 'paid' || message === 'captured-too-late');
  return {
    effects: move.effects,
    order: {
      ...order,
      state: move.state,
      asks,
      dueAt: waitsAnew ? dueAfter(move.state, order.holdExpiresAt, asks, tidings.now) : order.dueAt,
      paidAt: becomesPaid ? (tidings.capturedAt ?? tidings.now) : order.paidAt,
      paymentId: becomesPaid ? tidings.paymentId : order.paymentId,
      livePaymentId: order.livePaymentId === tidings.paymentId ? undefined : order.livePaymentId,
      tickets: order.tickets.length === 0 ? (tidings.tickets ?? order.tickets) : order.tickets,
      fulfilledAt: moved && move.state === 'fulfilled' ? tidings.now : order.fulfilledAt,
    },
  };
}

export function dueAfter(
  state: OrderState,
  holdExpiresAt: Instant,
  asks: number,
  now: Instant,
): Instant | undefined {
  switch (state) {
    case 'placed':
      return after(holdExpiresAt, patience.placed);
    case 'paid':
      return askAgainAt(now, asks, patience.paid);
    case 'refunding': // its refund waits in its place
    case 'fulfilled':
    case 'partly-refunded':
    case 'expired':
    case 'refunded':
    case 'cancelled':
      return undefined;
  }
}
