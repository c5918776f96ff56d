import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { buildStandalone, freePort, startMachine, type Machine } from '../machine';
import {
  atTheGateway,
  firstCategory,
  putOnSale,
  until,
  type Hold,
  type OnSale,
  type Order,
  type Payment,
} from '../purchase';
import { signIn, type Answer, type Visitor } from '../visitor';

const { values } = parseArgs({
  options: {
    times: { type: 'string', default: '20' },
    buyers: { type: 'string', default: '12' },
    capacity: { type: 'string', default: '100000' },
  },
});
const times = Number(values.times);

/** What the machine said yes to: it must still be so after every restart. */
const acknowledged = {
  holds: new Map<string, Visitor>(),
  orders: new Map<string, { buyer: Visitor; captured: boolean }>(),
};
const faults: string[] = [];
let repeated = 0;
let finished = false;
/** Buyers begin nothing new while what was acknowledged is looked at: it would grow faster than it can be read. */
let open: Promise<undefined> = Promise.resolve(undefined);

/** Repeats a request under its Idempotency-Key until it is answered, however often the machine dies meanwhile. */
async function insist<Body>(
  buyer: Visitor,
  method: string,
  address: string,
  body?: object,
): Promise<Answer<Body>> {
  const key = { 'idempotency-key': crypto.randomUUID() };
  for (;;) {
    const answer = await buyer.send<Body>(method, address, body, key).catch(() => undefined);
    if (answer && answer.status < 500) return answer;
    if (finished) throw new Error('no answer before the end');
    repeated++;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function buy(buyer: Visitor, { eventId, ticketTypes }: OnSale): Promise<void> {
  const lines = ticketTypes.map(({ ticketTypeId }, i) => ({ ticketTypeId, quantity: 1 + i }));
  const hold = await insist<Hold>(buyer, 'POST', '/holds', { eventId, lines });
  if (hold.status !== 201) throw new Error(`hold: ${hold.status} ${JSON.stringify(hold.body)}`);
  acknowledged.holds.set(hold.body.holdId, buyer);
  const order = await insist<Order>(buyer, 'POST', '/orders', { holdToken: hold.body.token });
  if (order.status !== 201) throw new Error(`order: ${order.status} ${JSON.stringify(order.body)}`);
  const record = { buyer, captured: false };
  acknowledged.orders.set(order.body.orderId, record);
  const payment = await insist<Payment>(buyer, 'POST', '/payments', {
    orderId: order.body.orderId,
    gateway: 'sandbox',
  });
  const { checkoutUrl } = payment.body.checkoutUrl
    ? payment.body
    : await until(
        () =>
          insist<Payment>(buyer, 'GET', `/payments/${payment.body.paymentId}`).then((answer) => answer.body),
        (found) => found.checkoutUrl !== undefined,
        90_000,
      );
  for (;;) {
    const paid = await atTheGateway(
      { ...payment.body, ...(checkoutUrl ? { checkoutUrl } : {}) },
      'succeed',
    ).then(
      () => true,
      (error: unknown) => error instanceof Error && error.message.includes('answered 4'), // decided before the kill
    );
    if (paid) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  record.captured = true;
}

/** Everything acknowledged so far is there; a few at a time, as others go on buying. */
async function checkAcknowledged(): Promise<void> {
  const orders = [...acknowledged.orders].map(([id, { buyer }]) => ({
    what: 'order',
    address: `/orders/${id}`,
    buyer,
  }));
  const holds = [...acknowledged.holds].map(([id, buyer]) => ({
    what: 'hold',
    address: `/holds/${id}`,
    buyer,
  }));
  const toCheck = [...orders, ...holds];
  const checker = async (): Promise<void> => {
    for (let next = toCheck.pop(); next; next = toCheck.pop()) {
      const { status } = await next.buyer.send('GET', next.address);
      if (status !== 200)
        faults.push(`${next.what} at ${next.address} was acknowledged and is gone: ${status}`);
    }
  };
  await Promise.all(Array.from({ length: 8 }, checker));
}

interface Availability {
  readonly ticketTypes: readonly {
    readonly ticketTypeId: string;
    readonly capacity: number;
    readonly held: number;
    readonly sold: number;
    readonly available: number;
  }[];
}

async function checkStock(
  visitor: Visitor,
  { eventId, ticketTypes }: OnSale,
  atRest: boolean,
): Promise<string> {
  await new Promise((resolve) => setTimeout(resolve, 1200)); // answers are up to a second old
  const { ticketTypes: stock } = await visitor.get<Availability>(`/events/${eventId}/availability`);
  let issued = 0;
  for (const { buyer, orderId } of [...acknowledged.orders].map(([orderId, order]) => ({
    ...order,
    orderId,
  })))
    if (atRest) issued += (await buyer.get<Order>(`/orders/${orderId}`)).tickets.length;
  for (const { ticketTypeId, capacity, held, sold, available } of stock) {
    const opened = ticketTypes.find((type) => type.ticketTypeId === ticketTypeId)?.capacity;
    if (held + sold + available !== capacity || capacity !== opened)
      faults.push(
        `${ticketTypeId}: ${held} held + ${sold} sold + ${available} available is not ${String(opened)}`,
      );
  }
  const sold = stock.reduce((sum, type) => sum + type.sold, 0);
  if (atRest && sold !== issued) faults.push(`${sold} sold, but ${issued} tickets issued`);
  return stock.map((type) => `${type.sold}+${type.held}+${type.available}`).join(' ');
}

async function main(): Promise<void> {
  const program = buildStandalone();
  const dataDir = mkdtempSync(path.join(tmpdir(), 'boxoffice-kill-'));
  const port = await freePort();
  const environment = { HOLDS_PER_BUYER: '1000' };
  const start = (): Promise<Machine> => startMachine({ program, dataDir, port, environment });
  let machine = await start();
  const organizer = await signIn(machine.origin, 'olivia@example.org');
  const category = await firstCategory(organizer, await signIn(machine.origin, 'ada@example.org'));
  const capacity = Number(values.capacity);
  const concert = await putOnSale(organizer, category, [capacity, capacity], 120);
  const buyers = await Promise.all(
    Array.from({ length: Number(values.buyers) }, (_, i) => signIn(machine.origin, `buyer-${i}@example.org`)),
  );

  const purchases = buyers.map(async (buyer) => {
    while (!finished) {
      await open;
      await buy(buyer, concert).catch((error: unknown) => {
        if (!finished) faults.push(String(error));
      });
    }
  });
  for (let time = 1; time <= times; time++) {
    await new Promise((resolve) => setTimeout(resolve, 500 + Math.random() * 2500));
    await machine.kill();
    machine = await start();
    const { promise, resolve } = Promise.withResolvers<undefined>();
    open = promise;
    await checkAcknowledged();
    resolve(undefined);
    console.log(
      `kill ${time} of ${times}: up again in ${machine.startMilliseconds.toFixed(0)} ms; ` +
        `${acknowledged.holds.size} holds and ${acknowledged.orders.size} orders acknowledged, ${repeated} requests repeated, ${faults.length} faults`,
    );
  }
  finished = true;
  await Promise.all(purchases);

  const paid = [...acknowledged.orders].filter(([, { captured }]) => captured);
  const states = new Map<string, number>();
  for (const [orderId, { buyer }] of paid) {
    const { state } = await until(
      () => buyer.get<Order>(`/orders/${orderId}`),
      (order) => ['fulfilled', 'refunded'].includes(order.state),
      180_000,
    ).catch(
      (error: unknown) => (
        faults.push(`order ${orderId} is paid and waits: ${String(error)}`),
        { state: 'waiting' }
      ),
    );
    states.set(state, (states.get(state) ?? 0) + 1);
  }
  await checkAcknowledged();
  const stock = await checkStock(organizer, concert, true);
  const code = await machine.stop();
  if (code !== 0) faults.push(`after SIGTERM it ended with ${String(code)}`);
  rmSync(dataDir, { recursive: true, force: true });

  console.log(
    `\n${times} kills, ${acknowledged.orders.size} orders acknowledged, ${paid.length} of them paid:`,
  );
  for (const [state, count] of states) console.log(`  ${count} ${state}`);
  console.log(`  stock at the end (sold+held+available): ${stock}`);
  for (const fault of faults.slice(0, 20)) console.log(`  FAULT ${fault}`);
  console.log(
    faults.length === 0
      ? 'Nothing acknowledged was lost, and the stock adds up.'
      : `${faults.length} faults.`,
  );
  process.exit(faults.length === 0 ? 0 : 1);
}

void main();
