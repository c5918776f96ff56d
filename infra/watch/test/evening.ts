import { randomBytes } from 'node:crypto';
import { FunctionsHost } from '../../../shared/test/doubles/functions-host';
import type { Bundle } from '../../../services/standalone/test/functions/bundles';
import type { House } from '../../../services/standalone/test/functions/house';
import {
  atTheGateway,
  firstCategory,
  hold,
  orderIn,
  pay,
  placeOrder,
  putOnSale,
  until,
  type OnSale,
  type Order,
  type Payment,
} from '../../../services/standalone/test/purchase';
import type { Visitor } from '../../../services/standalone/test/visitor';
import { clockAhead } from './ahead';

/** Ids of traces that a browser began. */
export interface Evening {
  /** As it placed an order for nothing. */
  readonly placing: string;
  /** As it opened a payment, which the gateway later told of. */
  readonly paying: string;
}

/** All that a box office sees on a bad evening: what is bought, refused, given back, left to expire, and broken. */
export async function badEvening(
  house: House,
  bundles: Readonly<Record<'ticket-inventory' | 'payment-processing', Bundle>>,
  folder: string,
): Promise<Evening> {
  const [admin, organizer, ben, cleo, dora] = await Promise.all([
    house.visitor('Ada', 'admin'),
    house.visitor('Olivia', 'organizer'),
    house.visitor('Ben'),
    house.visitor('Cleo'),
    house.visitor('Dora'),
  ]);
  const payments = house.apps['payment-processing'];
  const category = await firstCategory(ben, admin);
  const concert = await putOnSale(organizer, category, [40, 20]);
  const open = await putOnSale(organizer, category, [40, 20], 15, [0, 0]);

  const [placing, paying] = [newTrace(), newTrace()];
  const bought = await buy(ben, concert, paying);
  await refund(organizer, bought.payment);
  await until(
    async () => {
      await payments.timer('look-after-what-waits');
      return ben.get<Order>(`/orders/${bought.order.orderId}`);
    },
    ({ state }) => state === 'refunded',
  );
  const kept = await buy(cleo, concert);
  house.gateway.trouble = 422;
  await refund(organizer, kept.payment);
  await payments.timer('look-after-what-waits');
  house.gateway.trouble = undefined;

  const declined = await placeOrder(dora, await hold(dora, concert));
  await atTheGateway(await pay(dora, declined), 'decline');
  const unanswered = await placeOrder(dora, await hold(dora, concert));
  house.gateway.trouble = 503;
  await pay(dora, unanswered);
  house.gateway.trouble = undefined;

  const { token } = await hold(ben, open);
  const free = await until(
    () => ben.send<Order>('POST', '/orders', { holdToken: token }, below(placing)),
    ({ status }) => status !== 503,
  );
  await orderIn(ben, free.body, 'fulfilled');
  await until(
    async () => house.cloud.email.sent.length,
    (letters) => letters >= 4,
  );
  const { holdId } = await hold(cleo, concert);
  await cleo.send('DELETE', `/holds/${holdId}`);
  const forgotten = await placeOrder(cleo, await hold(cleo, concert));

  house.cloud.cosmos.fail({ on: 'list', status: 500, times: 50 });
  const { status } = await ben.send('GET', '/tickets');
  if (status < 500) throw new Error(`a store out of order was answered with ${status}`);
  house.cloud.cosmos.recover();
  await payments.serviceBus('consume-ticket-inventory', { body: 'no envelope' }).catch(() => undefined);
  await payments.timer('measure-what-waits');

  const late = async (app: 'ticket-inventory' | 'payment-processing', timer: string): Promise<void> => {
    const env = { ...house.settings[app], ...clockAhead(folder, 2) };
    const host = await FunctionsHost.load(bundles[app].file, { env });
    await host.timer(timer).finally(() => host.close());
  };
  await late('ticket-inventory', 'expire-holds');
  await late('payment-processing', 'look-after-what-waits');
  await orderIn(cleo, forgotten, 'expired');
  return { placing, paying };
}

async function buy(
  buyer: Visitor,
  concert: OnSale,
  trace = newTrace(),
): Promise<{ order: Order; payment: Payment }> {
  const order = await placeOrder(buyer, await hold(buyer, concert));
  const asked = { orderId: order.orderId, gateway: 'sandbox' };
  const payment = await buyer.post<Payment>('/payments', asked, below(trace));
  await atTheGateway(payment, 'succeed');
  return { order: await orderIn(buyer, order, 'fulfilled'), payment };
}

const newTrace = (): string => randomBytes(16).toString('hex');
const below = (trace: string) => ({ traceparent: `00-${trace}-${randomBytes(8).toString('hex')}-01` });

const refund = (organizer: Visitor, { paymentId }: Payment) =>
  organizer.post(`/payments/${paymentId}/refund`, { reason: 'goodwill' });
