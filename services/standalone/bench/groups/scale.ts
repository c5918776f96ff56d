import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Bench, Group } from '../group';
import { buyFor, buyOne, type Sale } from '../inventory/buying';
import { Children, type Child } from '../inventory/children';
import type { EmbeddedProcess, EmbeddedTold } from '../inventory/embedded';
import type { Multiplication, Multiplied } from '../inventory/multiply';
import { Line } from '../../test/line';

const events = 10_000;
const people = 100_000;
const [buyersAnEvent, ticketsABuyer] = [25, 4];
const ticketsAnEvent = buyersAnEvent * ticketsABuyer;
const few = 10;

const [buyers, rounds, roundMilliseconds] = [64, 7, 2000];

/** What a purchase costs ticket-inventory with a million tickets on file, and with ten: by turns, so that both meet the same machine. */
export const scale: Group = async (bench) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'boxoffice-scale-'));
  const children = new Children();
  try {
    const small = await openSmall(children, path.join(folder, 'small'));
    const large = await openLarge(children, path.join(folder, 'large'), bench);
    await compare(bench, 'hold + confirm of a new event', [small, large], ({ hot }) => [hot]);
    await compare(bench, 'hold + confirm of ten old events', [small, large], ({ old }) => old.slice(0, few));
    // Nearly every purchase opens an event that this process does not have at hand, and shares a commit with nobody.
    const perSecond = await rateOf(large, large.old);
    bench.report({
      name: `hold + confirm of any of ${inWords(events)} old events`,
      value: perSecond,
      unit: '/s',
    });
  } finally {
    await children.killAll();
    rmSync(folder, { recursive: true, force: true });
  }
};

interface Office {
  readonly port: number;
  /** An event that has just gone on sale. */
  readonly hot: Sale;
  /** Those that were on file before. */
  readonly old: readonly Sale[];
}

const open = (children: Children, plan: EmbeddedProcess): Promise<Child<EmbeddedTold>> =>
  children.start('embedded', plan, { HOLDS_PER_BUYER: '1000' });

async function openSmall(children: Children, dataDir: string): Promise<Office> {
  const capacities = [...Array<number>(few).fill(100_000), 1_000_000];
  const { port, concerts } = (await open(children, { dataDir, capacities })).told;
  const old = concerts.slice(0, few);
  const line = await Line.open(port);
  for (const concert of old) await buyOne(line, concert, crypto.randomUUID());
  line.close();
  return { port, hot: concerts[few]!, old };
}

/** One event sells a hundred tickets, and is then multiplied; what is on file is as the service has written it. */
async function openLarge(children: Children, dataDir: string, { tell }: Bench): Promise<Office> {
  const first = await open(children, { dataDir, capacities: [100_000] });
  const template = first.told.concerts[0]!;
  const names = Array.from({ length: buyersAnEvent }, () => crypto.randomUUID());
  const line = await Line.open(first.told.port);
  for (const name of names) await buyOne(line, template, name, ticketsABuyer);
  line.close();
  await first.kill();

  tell(
    `${inWords(events)} events with ${inWords(events * ticketsAnEvent)} tickets are put on file: about half a minute`,
  );
  const began = performance.now();
  const plan: Multiplication = {
    ...{ dataDir, people },
    ...{ eventId: template.eventId, buyers: names, copies: events },
  };
  const multiplied = await children.start<Multiplied>('multiply', plan);
  await multiplied.kill();
  const { documents, eventIds } = multiplied.told;
  tell(`${documents} documents in ${((performance.now() - began) / 1000).toFixed(0)} s`);

  const { port, concerts } = (await open(children, { dataDir, capacities: [1_000_000] })).told;
  const { ticketTypeId } = template;
  return { port, hot: concerts[0]!, old: eventIds.map((eventId) => ({ eventId, ticketTypeId })) };
}

async function compare(
  { report, tell }: Bench,
  what: string,
  offices: readonly [small: Office, large: Office],
  salesOf: (office: Office) => readonly Sale[],
): Promise<void> {
  const [small, large] = offices;
  for (const office of offices) await rateOf(office, salesOf(office)); // compiled, and warm
  const pairs: { readonly few: number; readonly many: number }[] = [];
  for (let round = 0; round < rounds; round++) {
    const rates = new Map<Office, number>();
    for (const office of round % 2 === 0 ? offices : offices.toReversed())
      rates.set(office, await rateOf(office, salesOf(office)));
    pairs.push({ few: rates.get(small) ?? NaN, many: rates.get(large) ?? NaN });
  }
  tell(`${what}, pairs: ${pairs.map(({ few, many }) => `${few.toFixed(0)}:${many.toFixed(0)}`).join(' ')}`);
  report({ name: `${what}, ten tickets on file`, value: median(pairs.map(({ few }) => few)), unit: '/s' });
  report({
    name: `  ${inWords(events)} events, ${inWords(events * ticketsAnEvent)} tickets on file`,
    value: median(pairs.map(({ many }) => many)),
    unit: '/s',
  });
  report({
    name: '  costs so many times as much, the median of pairs',
    value: median(pairs.map(({ few, many }) => few / many)),
    unit: '',
    atMost: 1.2,
  });
}

const rateOf = ({ port }: Office, sales: readonly Sale[]): Promise<number> =>
  buyFor(roundMilliseconds, { port, buyers, sales });

const inWords = (number: number): string => number.toLocaleString('en');

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}
