import type { Instant } from '@boxoffice/shared/kernel';
import type { GatewayMovement } from '../../core/gateway';
import { object, type Json } from './answer';
import type { MercadoPago } from './mercado-pago-client';
import { resultsOf } from './mercado-pago-look-up';
import { captureFrom, isCaptured, nameOf, ourIdOf, refundMovement } from './mercado-pago-wire';

/** One call, for as long as one call may take. */
type Call = <T>(what: string, work: (mercadoPago: MercadoPago) => Promise<T>) => Promise<T>;

const pageSize = 50;

/** What the shop sold without us is left out; a refund that somebody made by hand of what we sold is not. */
export async function* mercadoPagoMovements(
  call: Call,
  since: Instant,
  until: Instant,
): AsyncIterable<GatewayMovement> {
  const within = ({ at }: GatewayMovement): boolean => at >= since && at < until;
  for await (const payment of each(call, 'date_approved', since, until))
    if (isCaptured(payment)) yield* [captureFrom(payment)].filter(within);
  // A refund is found at its payment, and that under the last time that anything became of it.
  for await (const payment of each(call, 'date_last_updated', since, 'NOW')) {
    if (!(Number(payment['transaction_amount_refunded']) > 0)) continue;
    const refunds = await call('refunds', ({ refunds }) => refunds.list({ payment_id: nameOf(payment) }));
    const made = refunds.map((refund) => object(refund)).filter(({ status }) => status === 'approved');
    yield* made.map((refund) => refundMovement(refund, payment)).filter(within);
  }
}

/** Each payment of ours. */
async function* each(
  call: Call,
  range: 'date_approved' | 'date_last_updated',
  begin: Instant,
  end: Instant | 'NOW',
): AsyncIterable<Json> {
  for (let offset = 0; ; offset += pageSize) {
    const options = {
      range,
      begin_date: begin,
      end_date: end,
      sort: range,
      criteria: 'asc' as const,
      limit: pageSize,
      offset,
    };
    const page = resultsOf(await call('movements', ({ payments }) => payments.search({ options })));
    yield* page.filter((payment) => ourIdOf(payment) !== undefined);
    if (page.length < pageSize) return;
  }
}
