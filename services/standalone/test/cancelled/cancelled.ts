import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { buildStandalone, freePort, startMachine, type Machine } from '../machine';
import { firstCategory, placeOrder, putOnSale, until, type Hold, type OnSale } from '../purchase';
import { signIn, type Visitor } from '../visitor';

const { values } = parseArgs({
  options: {
    orders: { type: 'string', default: '5000' },
    kills: { type: 'string', default: '2' },
    minutes: { type: 'string', default: '10' },
  },
});
const [orders, kills, minutes] = [values.orders, values.kills, values.minutes].map(Number) as [
  number,
  number,
  number,
];
const priceMinor = 4800;
const buyersAtOnce = 24;

interface Progress {
  readonly orders: number;
  readonly refunded: number;
  readonly underWay: number;
  readonly failed: number;
  readonly amount: readonly { readonly amountMinor: number }[];
  readonly jobs: readonly { readonly doneAt?: string }[];
}

interface Figures {
  readonly soldMinor: number;
  readonly refundedMinor: number;
  readonly returnedCount: number;
}

/** An event with thousands of paid orders is cancelled, and the machine is killed amid the refunds, and started again. */
async function main(): Promise<void> {
  const program = buildStandalone();
  const dataDir = mkdtempSync(path.join(tmpdir(), 'boxoffice-cancelled-'));
  const port = await freePort();
  const environment = {
    SANDBOX_OUTCOME: 'succeed',
    HOLDS_PER_BUYER: '1000',
  };
  const start = (): Promise<Machine> => startMachine({ program, dataDir, port, environment });
  let machine = await start();
  const began = performance.now();
  const say = (what: string): void =>
    console.log(`${((performance.now() - began) / 1000).toFixed(0).padStart(4)} s  ${what}`);
  try {
    const organizer = await signIn(machine.origin, 'olivia@example.org');
    const admin = await signIn(machine.origin, 'ada@example.org');
    const sale = await putOnSale(organizer, await firstCategory(organizer, admin), [orders, 1], 15, [
      priceMinor,
      100,
    ]);
    await sell(machine.origin, sale);
    const progressOf = (): Promise<Progress> => organizer.get<Progress>(`/events/${sale.eventId}/refunds`);
    await until(
      () => organizer.get<{ items: object[] }>(`/events/${sale.eventId}/orders?state=fulfilled&limit=1`),
      ({ items }) => items.length > 0,
    );
    await until(
      () => unfulfilled(organizer, sale),
      (left) => left === 0,
      120_000,
    );
    say(`${(await progressOf()).orders} orders are paid, and have their tickets`);

    await organizer.post(`/events/${sale.eventId}/cancel`, { reason: 'The hall has burnt down.' });
    say('the event is cancelled');
    for (let kill = 1; kill <= kills; kill++) {
      const killAt = Math.ceil((orders * (kill - 0.5 + 0.4 * Math.random())) / (kills + 1));
      await watch(progressOf, ({ refunded }) => refunded >= killAt, say);
      await machine.kill();
      say('kill -9');
      machine = await start();
      say(`up again, ${machine.startMilliseconds.toFixed(0)} ms after it was started`);
    }
    const end = await watch(
      progressOf,
      ({ refunded, jobs }) => refunded === orders && jobs.every(({ doneAt }) => doneAt !== undefined),
      say,
    );
    const faults = await check(organizer, admin, sale, end);
    for (const fault of faults) console.log(`  FAULT ${fault}`);
    if (faults.length === 0)
      console.log(`${orders} orders refunded, each once, and the reconciliation report is empty.`);
    process.exitCode = faults.length === 0 ? 0 : 1;
  } finally {
    await machine.kill();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function sell(origin: string, { eventId, ticketTypes }: OnSale): Promise<void> {
  let left = orders;
  const lines = [{ ticketTypeId: ticketTypes[0]?.ticketTypeId, quantity: 1 }];
  const buyer = async (_: unknown, i: number): Promise<void> => {
    const own = await signIn(origin, `buyer-${i}@example.org`);
    while (left-- > 0) {
      const order = await placeOrder(own, await own.post<Hold>('/holds', { eventId, lines }));
      await own.post('/payments', { orderId: order.orderId, gateway: 'sandbox' });
    }
  };
  await Promise.all(Array.from({ length: buyersAtOnce }, buyer));
}

async function unfulfilled(organizer: Visitor, { eventId }: OnSale): Promise<number> {
  const waiting = await Promise.all(
    ['placed', 'paid'].map((state) =>
      organizer.get<{ items: object[] }>(`/events/${eventId}/orders?state=${state}&limit=1`),
    ),
  );
  return waiting.reduce((sum, { items }) => sum + items.length, 0);
}

/** Looks until it is so, and tells how far it has come. */
async function watch(
  progressOf: () => Promise<Progress>,
  isSo: (progress: Progress) => boolean,
  say: (what: string) => void,
): Promise<Progress> {
  const end = performance.now() + minutes * 60_000;
  for (let before = -1; ;) {
    const progress = await progressOf();
    const { refunded, underWay, failed } = progress;
    if (refunded !== before)
      say(`${refunded} of ${progress.orders} refunded, ${underWay} under way, ${failed} failed`);
    before = refunded;
    if (isSo(progress) || performance.now() > end) return progress;
    await wait(1000);
  }
}

async function check(
  organizer: Visitor,
  admin: Visitor,
  { eventId }: OnSale,
  end: Progress,
): Promise<readonly string[]> {
  const { refunded, underWay, failed, amount } = end;
  const faults: string[] = [];
  const expected = { orders, refunded: orders, underWay: 0, failed: 0, amountMinor: orders * priceMinor };
  const found = { orders: end.orders, refunded, underWay, failed, amountMinor: amount[0]?.amountMinor };
  if (JSON.stringify(found) !== JSON.stringify(expected))
    faults.push(`the progress ends with ${JSON.stringify(found)}`);
  const report = await admin.get<{ differences: object[] }>('/reconciliation');
  if (report.differences.length > 0)
    faults.push(
      `the reconciliation lists ${report.differences.length}: ${JSON.stringify(report.differences.slice(0, 3))}`,
    );
  const { items } = await organizer.get<{ items: readonly Figures[] }>(`/events/${eventId}/finance`);
  for (const { soldMinor, refundedMinor, returnedCount } of items)
    if (soldMinor !== refundedMinor || returnedCount !== orders)
      faults.push(`sold for ${soldMinor}, refunded ${refundedMinor} for ${returnedCount} tickets`);
  const { items: waiting } = await admin.get<{ items: object[] }>('/sagas/waiting');
  if (waiting.length > 0) faults.push(`something still waits: ${JSON.stringify(waiting[0])}`);
  return faults;
}

main().then(
  () => process.exit(),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
