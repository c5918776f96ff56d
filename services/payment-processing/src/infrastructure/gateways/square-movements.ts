import type { Instant } from '@boxoffice/shared/kernel';
import type { Square, SquareClient } from 'square';
import type { GatewayMovement } from '../../core/gateway';
import { ourPayment, type Once } from './square-orders';
import { captureFrom, disputeMovements, isOurs, paymentIdOf, refundMovement } from './square-wire';

/** One call, for as long as one call may take. */
type Call = <T>(what: string, work: (square: SquareClient, once: Once) => Promise<T>) => Promise<T>;

interface Page<T> {
  readonly data: readonly T[];
  readonly response: { readonly cursor?: string };
}

/** What the till sold besides is none of ours, and left out; a refund that somebody made by hand of what we sold is not. */
export async function* squareMovements(
  call: Call,
  locationId: string,
  since: Instant,
  until: Instant,
): AsyncIterable<GatewayMovement> {
  const span = { beginTime: since, endTime: until, locationId };
  const within = ({ at }: GatewayMovement): boolean => at >= since && at < until;
  for await (const payments of pages(call, ({ payments }, once, cursor) =>
    payments.list({ ...span, ...cursor }, once),
  ))
    yield* (await captures(call, locationId, payments)).filter(within);
  for await (const refunds of pages(call, ({ refunds }, once, cursor) =>
    refunds.list({ ...span, ...cursor }, once),
  ))
    yield* (await refundsOfOurs(call, refunds)).filter(within);
  for await (const found of pages(call, ({ disputes }, once, cursor) =>
    disputes.list({ locationId, ...cursor }, once),
  ))
    yield* (await disputesOfOurs(call, found)).filter(within);
}

async function* pages<T>(
  call: Call,
  list: (square: SquareClient, once: Once, cursor: { readonly cursor?: string }) => Promise<Page<T>>,
): AsyncIterable<readonly T[]> {
  let cursor: string | undefined;
  do {
    const after = cursor === undefined ? {} : { cursor };
    const page: Page<T> = await call('movements', (square, once) => list(square, once, after));
    yield page.data;
    cursor = page.response.cursor;
  } while (cursor !== undefined && cursor !== '');
}

async function captures(
  call: Call,
  locationId: string,
  payments: readonly Square.Payment[],
): Promise<readonly GatewayMovement[]> {
  const completed = payments.filter(({ status, orderId }) => status === 'COMPLETED' && orderId !== undefined);
  if (completed.length === 0) return [];
  const orderIds = completed.map(({ orderId }) => orderId ?? ''); // a page is of a hundred, as many as Square gives orders at once
  const { orders = [] } = await call('orders', (square, once) =>
    square.orders.batchGet({ locationId, orderIds }, once),
  );
  const ourIds = new Map(orders.map((order) => [order.id, paymentIdOf(order)]));
  return completed.flatMap((payment) => {
    const ourId = ourIds.get(payment.orderId);
    return ourId === undefined ? [] : [captureFrom(payment, ourId)];
  });
}

async function refundsOfOurs(
  call: Call,
  refunds: readonly Square.PaymentRefund[],
): Promise<readonly GatewayMovement[]> {
  const found: GatewayMovement[] = [];
  for (const refund of refunds.filter(({ status }) => status === 'COMPLETED'))
    if (
      isOurs(refund) ||
      (await call('payment', (square, once) => ourPayment(square, once, refund.paymentId)))
    )
      found.push(refundMovement(refund));
  return found;
}

/** Square lists all that there ever were: few, for a shop that goes on. */
async function disputesOfOurs(
  call: Call,
  disputes: readonly Square.Dispute[],
): Promise<readonly GatewayMovement[]> {
  const found: GatewayMovement[] = [];
  for (const dispute of disputes) {
    const { paymentId } = dispute.disputedPayment ?? {};
    const payment = await call('payment', (square, once) => ourPayment(square, once, paymentId));
    if (payment) found.push(...disputeMovements(dispute, payment));
  }
  return found;
}
