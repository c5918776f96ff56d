import { allOf, Gateways, type Gateway } from '@boxoffice/payment-processing/main';
import { orderCancelled, paymentRefunded } from '@boxoffice/shared/contracts';
import { priceOf, ticketsOf } from './books';
import type { Bug } from './bug';
import { changeInserts, changeUpdates } from './statements';
import { changeRoute, withConsumers } from './wrap';

interface RefundBody {
  readonly ticketIds?: readonly string[];
  readonly amountMinor?: number;
}

/** What the order of a payment cost and came to. */
interface Bought {
  readonly price: string;
  readonly tickets: string | null;
}

/** Mistakes about money that goes back. */
export const refundBugs: readonly Bug[] = [
  {
    name: 'earlier-refunds-ignored',
    what: 'a refund of a part does not count what has gone back before',
    platform: changeUpdates('payments', { keeps: ['refundedMinor'], ignores: ['refundedMinor'] }),
  },
  {
    name: 'given-back-and-good',
    what: 'a ticket that was given back for money still admits',
    service: (service) =>
      service.name === 'ticket-inventory'
        ? withConsumers(service, (handle) => async (envelope, delivery) => {
            if (!paymentRefunded.is(envelope)) await handle(envelope, delivery);
          })
        : service,
  },
  {
    name: 'cancelled-without-a-word',
    what: 'a buyer whose free order is undone is not told',
    service: (service) =>
      service.name === 'notification'
        ? withConsumers(service, (handle) => async (envelope, delivery) => {
            if (!orderCancelled.is(envelope)) await handle(envelope, delivery);
          })
        : service,
  },
  {
    name: 'all-of-it-by-the-gateway',
    what: 'the gateway gives back all that a ticket cost, though a gift card has paid a part of it',
    service: (service, platform) => {
      const { query } = platform.database<{
        payments: { paymentId: string; orderId: string };
        orders: Bought & { orderId: string };
      }>('payment-processing');
      return changeRoute('POST', '/payments/{paymentId}/refund', (handle) => async (request) => {
        const body = request.body as RefundBody;
        const [ticketId] = body.ticketIds ?? [];
        if (ticketId === undefined || body.amountMinor !== undefined) return handle(request);
        const order = await query
          .selectFrom('orders')
          .innerJoin('payments', 'payments.orderId', 'orders.orderId')
          .select(['orders.price', 'orders.tickets'])
          .where('payments.paymentId', '=', request.params['paymentId'] ?? '')
          .executeTakeFirst();
        const amountMinor = order && costOf(order, ticketId);
        const changed = amountMinor ? { ...body, amountMinor } : body;
        return handle(Object.create(request, { body: { value: changed } }) as typeof request);
      })(service, platform);
    },
  },
  {
    name: 'cancelled-once-through',
    what: 'a cancelled event’s orders are gone through once: who comes to tickets afterwards keeps them, and has paid',
    // What is waited for comes late.
    weather: { delivery: [0, 3_600_000], crash: 0, unavailable: 0 },
    platform: (platform, service, world) => {
      const lookAgain = changeUpdates(
        'refundJobs',
        { keeps: ['dueAt', 'doneAt', 'cursor'] },
        (sets) => !sets.includes('askedAt'),
      );
      const goRoundAgain = changeUpdates('refundJobs', { keeps: ['waiting'] });
      return goRoundAgain(lookAgain(platform, service, world), service, world);
    },
  },
  {
    name: 'refund-jobs-never-run',
    what: 'that the orders of an event are to be refunded is written down, and nobody does it',
    service: (service) => ({
      ...service,
      timers: service.timers.filter(({ name }) => name !== 'refund-events'),
    }),
  },
  {
    name: 'refund-elsewhere',
    what: 'money is given back by another gateway than the one that took it',
    container: (container, service) => {
      if (service !== 'payment-processing') return;
      const gateways = container.resolve<Gateways>(Gateways);
      const [first] = allOf(gateways);
      const named = (name: string): Gateway | undefined => {
        const gateway = gateways.named(name);
        if (!gateway || !first) return gateway;
        const refund: Gateway['refund'] = (order) => first.refund(order);
        return Object.assign(Object.create(gateway) as Gateway, { refund });
      };
      container.registerInstance<Gateways>(Gateways, { names: gateways.names, named });
    },
  },
  {
    name: 'by-hand-out-of-the-gateway',
    what: 'what a person gave back is entered as though the gateway had',
    platform: changeInserts('ledger', (row) =>
      row.map((value) => (value === 'by-hand' ? 'gateway:sandbox' : value)),
    ),
  },
  {
    name: 'balance-not-kept',
    what: 'an organiser’s balance stays what it was after the first movement',
    platform: changeUpdates('balances', { keeps: ['amountMinor'] }),
  },
];

/** Gift cards and all; but no more than the gateway has. */
function costOf(order: Bought, ticketId: string): number {
  const { lines, due } = priceOf(order);
  const ticket = ticketsOf(order).find((one) => one.ticketId === ticketId);
  const line = lines.find((one) => one.ticketTypeId === ticket?.ticketTypeId);
  return line ? Math.min(due, Math.floor(line.gross / line.quantity)) : 0;
}
