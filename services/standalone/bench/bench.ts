import { execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { buildStandalone, freePort, startMachine, type Machine } from '../test/machine';
import { firstCategory, putOnSale, type OnSale } from '../test/purchase';
import { signIn, type Visitor } from '../test/visitor';
import type { ListenOutcome, ListenPlan } from './listeners';
import type { LoadOutcome, LoadPlan } from './load';
import type { PurchaseOutcome, PurchasePlan } from './purchases';

const { values } = parseArgs({
  options: { json: { type: 'string' }, seconds: { type: 'string', default: '8' } },
});
const seconds = Number(values.seconds);
const connections = 1000;

/** `atLeast` or `atMost`: what product.md promises; neither where it promises nothing. */
interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly atLeast?: number;
  readonly atMost?: number;
}
const figures: Figure[] = [];

function report(figure: Figure): void {
  figures.push(figure);
  const { name, value, unit, atLeast, atMost } = figure;
  const target = atLeast === undefined ? (atMost === undefined ? '' : `≤ ${atMost}`) : `≥ ${atLeast}`;
  const met = value >= (atLeast ?? -Infinity) && value <= (atMost ?? Infinity);
  const digits = value < 10 ? 2 : value < 100 ? 1 : 0;
  console.log(
    `${name.padEnd(58)} ${value.toFixed(digits).padStart(9)} ${unit.padEnd(6)} ${target.padEnd(10)} ${target === '' ? '' : met ? 'ok' : 'short'}`,
  );
}

const run = promisify(execFile);

async function bareHttp(): Promise<number> {
  const port = await freePort();
  const child = fork(path.join(__dirname, 'bare.js'), [String(port)], { stdio: 'inherit' });
  await once(child, 'message');
  const plan = { port, path: '/', connections, seconds, tokens: [''], body: '{"lines":[]}' };
  const { perSecond } = await apart<LoadOutcome>('load', plan);
  child.kill();
  return perSecond;
}

/** One of the other programs of this folder, in a process of its own. */
async function apart<Result>(
  name: 'load' | 'purchases' | 'listeners',
  plan: LoadPlan | PurchasePlan | ListenPlan,
): Promise<Result> {
  const { stdout } = await run(process.execPath, [path.join(__dirname, `${name}.js`), JSON.stringify(plan)], {
    maxBuffer: 1 << 26,
  });
  return JSON.parse(stdout) as Result;
}

const residentMegabytes = ({ pid }: Machine): number => {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
};

async function holds(
  machine: Machine,
  buyers: readonly Visitor[],
  { eventId, ticketTypes }: OnSale,
): Promise<void> {
  const bare = await bareHttp();
  report({ name: 'bare node:http, answers', value: bare, unit: '/s' });
  const plan: LoadPlan = {
    port: Number(new URL(machine.origin).port),
    path: '/api/v1/holds',
    connections,
    seconds,
    tokens: buyers.map(({ token }) => token ?? ''),
    body: JSON.stringify({ eventId, lines: [{ ticketTypeId: ticketTypes[0]?.ticketTypeId, quantity: 1 }] }),
  };
  const { perSecond, failed } = await apart<LoadOutcome>('load', plan);
  report({
    name: `durable holds, one hot ticket type, ${connections} connections`,
    value: perSecond,
    unit: '/s',
    atLeast: 20_000,
  });
  report({
    name: '  of bare node:http in the same run',
    value: (100 * perSecond) / bare,
    unit: '%',
    atLeast: 40,
  });
  report({ name: '  failed', value: failed, unit: '', atMost: 0 });
  const open = await apart<LoadOutcome>('load', { ...plan, ratePerSecond: perSecond / 2 });
  report({
    name: 'holds at half that rate, arrivals independent of answers',
    value: open.perSecond,
    unit: '/s',
  });
  report({ name: '  p50', value: open.p50, unit: 'ms' });
  report({ name: '  p99', value: open.p99, unit: 'ms', atMost: 50 });
  report({ name: '  failed', value: open.failed, unit: '', atMost: 0 });
}

/** On a machine of its own, whose memory is that of nothing else. */
async function listeners(program: string): Promise<void> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'boxoffice-bench-'));
  const changes = 20;
  const environment = { HOLDS_PER_BUYER: String(changes) };
  const machine = await startMachine({ program, dataDir, environment });
  try {
    const [organizer, admin, buyer] = await Promise.all(
      ['olivia', 'ada', 'ben'].map((name) => signIn(machine.origin, `${name}@example.org`)),
    );
    if (!organizer || !admin || !buyer) throw new Error('nobody has signed in');
    const { eventId, ticketTypes } = await putOnSale(
      organizer,
      await firstCategory(organizer, admin),
      [100, 1],
    );
    const heard = await apart<ListenOutcome>('listeners', {
      ...{ port: Number(new URL(machine.origin).port), pid: machine.pid, token: buyer.token ?? '' },
      ...{ eventId, ticketTypeId: ticketTypes[0]?.ticketTypeId ?? '', listeners: 10_000, changes },
    });
    report({ name: 'a hold heard of by 10,000 who watch the event, p50', value: heard.p50, unit: 'ms' });
    report({ name: '  p99', value: heard.p99, unit: 'ms', atMost: 1000 });
    report({ name: '  the last of all', value: heard.max, unit: 'ms' });
    report({ name: '  not heard of', value: heard.missed, unit: '', atMost: 0 });
    report({ name: '  memory with nobody watching', value: heard.memoryBefore, unit: 'MB' });
    report({ name: '  memory with 10,000 who watch', value: heard.memoryWith, unit: 'MB' });
  } finally {
    await machine.kill();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function main(): Promise<void> {
  const program = buildStandalone();
  const dataDir = mkdtempSync(path.join(tmpdir(), 'boxoffice-bench-'));
  const environment = { HOLDS_PER_BUYER: '10000000', SANDBOX_OUTCOME: 'succeed' };
  console.log(
    `Figures of this machine (node ${process.version}); each load runs ${seconds} s. Targets: product promises.\n`,
  );
  await (await startMachine({ program, dataDir, environment })).stop(); // stores made, file system warm
  const machine = await startMachine({ program, dataDir, environment });
  try {
    report({ name: 'start to first answer', value: machine.startMilliseconds, unit: 'ms' });
    const organizer = await signIn(machine.origin, 'olivia@example.org');
    const category = await firstCategory(organizer, await signIn(machine.origin, 'ada@example.org'));
    const buyers = await Promise.all(
      Array.from({ length: 64 }, (_, i) => signIn(machine.origin, `buyer-${i}@example.org`)),
    );
    report({ name: 'memory at rest', value: residentMegabytes(machine), unit: 'MB' });

    const sale = await putOnSale(organizer, category, [1_000_000, 1_000_000]);
    const tokens = buyers.map(({ token }) => token ?? '');
    const plan = {
      origin: machine.origin,
      tokens,
      eventId: sale.eventId,
      ticketTypeIds: sale.ticketTypes.map((t) => t.ticketTypeId),
      seconds,
    };
    // Papers are printed for minutes after so many purchases, so the holds come first.
    await holds(machine, buyers, await putOnSale(organizer, category, [1_000_000, 1]));
    const bought = await apart<PurchaseOutcome>('purchases', plan);
    report({
      name: 'whole purchases, from hold to tickets issued',
      value: bought.perSecond,
      unit: '/s',
      atLeast: 1000,
    });
    report({ name: '  hold to answered payment, p99', value: bought.p99, unit: 'ms' });
    report({ name: '  failed', value: bought.failed, unit: '', atMost: 0 });
    report({ name: 'memory after all that', value: residentMegabytes(machine), unit: 'MB' });
  } finally {
    await machine.kill();
    rmSync(dataDir, { recursive: true, force: true });
  }
  await listeners(program);
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(figures, null, 2)}\n`);
}

void main();
