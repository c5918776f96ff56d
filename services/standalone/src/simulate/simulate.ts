import 'reflect-metadata';
import { fates, isCrash } from '@boxoffice/shared/platform/simulated';
import { isMainThread } from 'node:worker_threads';
import { bugNamed, bugs } from './bugs';
import type { Bug } from './bug';
import { Crew, playParts, type Part } from './crew';
import { readOrders, usage, type Orders } from './orders';
import { Report } from './report';
import { simulate, type Outcome } from './run';
import { storyLine } from './story';

type OrdersTo<Kind extends Orders['kind']> = Extract<Orders, { readonly kind: Kind }>;

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const progress = (line: string): void => {
  if (process.stderr.isTTY) process.stderr.write(`\r${line}\u001b[K`);
};

function planted(name: string | undefined): Bug | undefined {
  if (name === undefined) return undefined;
  const bug = bugNamed(name);
  if (!bug)
    throw new Error(`no bug is called “${name}”; there are ${bugs.map((one) => one.name).join(', ')}`);
  return bug;
}

async function runSeeds({
  kind,
  first,
  count,
  bug,
  workers,
}: OrdersTo<'seeds' | 'everywhere'>): Promise<boolean> {
  planted(bug);
  const report = new Report();
  const began = performance.now();
  const seconds = (): number => (performance.now() - began) / 1000;
  const crew = new Crew(__filename, workers);
  const play = async (parts: readonly Part[]): Promise<void> => {
    const runs = report.runs + parts.length;
    for await (const outcome of crew.play(parts)) {
      report.add(outcome);
      const rate = (report.runs / seconds()).toFixed(0);
      progress(`${report.runs} of ${runs} runs, ${report.broken.length} broken, ${rate} a second`);
    }
  };
  const seeds = Array.from({ length: count }, (_, at) => first + at);
  if (kind === 'seeds') await play(seeds.map((seed) => ({ seed, bug })));
  else
    for (const seed of seeds)
      for await (const calm of crew.play([{ seed, bug, mishap: 'none' }])) await play(mishapsIn(calm, bug));
  await crew.dismiss();
  progress('');
  for (const line of report.lines(seconds())) say(line);
  return report.broken.length === 0;
}

/** All that can go wrong in a run, one thing at a time. */
const mishapsIn = ({ seed, calls, writes }: Outcome, bug: string | undefined): readonly Part[] =>
  fates.flatMap((fate) =>
    Array.from({ length: isCrash(fate) ? calls : writes }, (_, at) => ({
      seed,
      bug,
      mishap: { fate, at: at + 1 },
    })),
  );

async function tellStory({ seed, bug: name, mishap, everything }: OrdersTo<'story'>): Promise<boolean> {
  const bug = planted(name);
  const trace = (at: number, who: string, what: string): void => {
    const line = storyLine(at, who, what, everything);
    if (line !== undefined) say(line);
  };
  const { violations, events } = await simulate({
    seed,
    trace,
    ...(bug ? { bug } : {}),
    ...(mishap ? { mishap } : {}),
  });
  say('');
  say(`seed ${seed}: ${events} events, ${violations.length === 0 ? 'every promise kept' : 'broken:'}`);
  for (const violation of violations) say(`  ${violation}`);
  return violations.length === 0;
}

async function findBugs({ first, count, workers }: OrdersTo<'bugs'>): Promise<boolean> {
  const crew = new Crew(__filename, workers);
  let missed = 0;
  for (const { name, what } of bugs) {
    let found: string | undefined;
    const parts = Array.from({ length: count }, (_, at) => ({ seed: first + at, bug: name }));
    for await (const { seed, violations } of crew.play(parts)) {
      progress(`${name}: ${seed - first + 1} of at most ${count} runs`);
      if (violations[0] === undefined) continue;
      found = `seed ${seed}: ${violations[0].slice(0, 140)}`;
      break;
    }
    progress('');
    if (found === undefined) missed++;
    say(`${name.padEnd(32)} ${found ?? `not found in ${count} seeds: ${what}`}`);
  }
  await crew.dismiss();
  say(`${bugs.length - missed} of ${bugs.length} planted bugs were found`);
  return missed === 0;
}

function follow(orders: Orders): Promise<boolean> {
  switch (orders.kind) {
    case 'story':
      return tellStory(orders);
    case 'bugs':
      return findBugs(orders);
    case 'seeds':
    case 'everywhere':
      return runSeeds(orders);
  }
}

async function main(): Promise<void> {
  let orders: Orders;
  try {
    orders = readOrders(process.argv.slice(2));
  } catch (error) {
    say(`${(error as Error).message}\n\n${usage}`);
    process.exitCode = 2;
    return;
  }
  if (!(await follow(orders))) process.exitCode = 1;
}

if (isMainThread) void main();
else playParts();
