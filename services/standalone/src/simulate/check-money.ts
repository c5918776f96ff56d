import { priceOf, type Books } from './books';
import type { Capture } from './captures';
import type { Evidence } from './evidence';

/** Everything that was captured ends in tickets or in money back, whoever captured it. */
export function checkMoney(captures: readonly Capture[], books: Books, evidence: Evidence): void {
  for (const capture of captures) {
    const { paymentId, amountMinor, orderId } = capture;
    const known = books.payments.find((payment) => payment.paymentId === paymentId);
    if (known?.state !== 'captured')
      evidence.violated(`payment ${paymentId} was captured, yet it is ${known?.state} in the books`);
    const order = books.orders.find((one) => one.orderId === known?.orderId);
    if (!order || (orderId !== undefined && orderId !== order.orderId))
      evidence.violated(`payment ${paymentId} is of order ${orderId}, by the books of ${order?.orderId}`);
    const back = capture.backMinor + capture.byHandMinor;
    const tell = (what: string): void =>
      evidence.violated(
        `payment ${paymentId} of ${amountMinor}: order ${orderId} is ${order?.state}, ${what}`,
      );
    if (back > amountMinor) tell(`and ${back} went back`);
    const left = amountMinor - back;
    const waits = capture.failed.length > 0;
    if (!order || order.paymentId !== paymentId) {
      if (left !== 0 && !waits) tell(`and ${back} went back`);
      continue;
    }
    if (amountMinor !== priceOf(order).due) tell('and paid with another amount');
    switch (order.state) {
      case 'fulfilled':
        if (back !== 0) tell(`and ${back} went back`);
        break;
      case 'partly-refunded':
        if (back === 0 || left === 0) tell(`and ${back} went back`);
        break;
      case 'refunded':
        if (left !== 0) tell(`and ${back} went back`);
        break;
      default:
        if (!waits) tell('and that is no end');
    }
  }
}

/** Who has tickets that cost something has paid for them. */
export function checkPaid(captures: readonly Capture[], books: Books, evidence: Evidence): void {
  const paid = new Set(captures.map(({ paymentId }) => paymentId));
  for (const order of books.orders)
    if (order.fulfilledAt !== null && priceOf(order).due > 0 && !paid.has(order.paymentId ?? ''))
      evidence.violated(`order ${order.orderId} has its tickets, and nobody paid`);
}
