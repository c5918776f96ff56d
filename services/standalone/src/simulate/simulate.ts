import 'reflect-metadata';
import { isMainThread } from 'node:worker_threads';
import { bugNamed, bugs } from './bugs';
import type { Bug } from './bug';
import { Crew, playParts } from './crew';
import { readOrders, usage, type Orders } from './orders';
import { Report } from './report';
import { simulate } from './run';
import { storyLine } from './story';

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

async function runSeeds({ first, count, bug, workers }: Orders & { kind: 'seeds' }): Promise<boolean> {
  planted(bug);
  const report = new Report();
  const began = performance.now();
  const seconds = (): number => (performance.now() - began) / 1000;
  const crew = new Crew(__filename, Math.min(workers, count));
  for await (const outcome of crew.play(first, count, bug)) {
    report.add(outcome);
    const rate = (report.runs / seconds()).toFixed(0);
    progress(`${report.runs} of ${count} runs, ${report.broken.length} broken, ${rate} a second`);
  }
  await crew.dismiss();
  progress('');
  for (const line of report.lines(seconds())) say(line);
  return report.broken.length === 0;
}

async function tellStory({ seed, bug: name, everything }: Orders & { kind: 'story' }): Promise<boolean> {
  const bug = planted(name);
  const trace = (at: number, who: string, what: string): void => {
    const line = storyLine(at, who, what, everything);
    if (line !== undefined) say(line);
  };
  const { violations, events } = await simulate({ seed, trace, ...(bug ? { bug } : {}) });
  say('');
  say(`seed ${seed}: ${events} events, ${violations.length === 0 ? 'every promise kept' : 'broken:'}`);
  for (const violation of violations) say(`  ${violation}`);
  return violations.length === 0;
}

async function findBugs({ first, count, workers }: Orders & { kind: 'bugs' }): Promise<boolean> {
  const crew = new Crew(__filename, workers);
  let missed = 0;
  for (const bug of bugs) {
    let found: string | undefined;
    for await (const { seed, violations } of crew.play(first, count, bug.name)) {
      progress(`${bug.name}: ${seed - first + 1} of at most ${count} runs`);
      if (violations[0] === undefined) continue;
      found = `seed ${seed}: ${violations[0].slice(0, 140)}`;
      break;
    }
    progress('');
    if (found === undefined) missed++;
    say(`${bug.name.padEnd(28)} ${found ?? `not found in ${count} seeds: ${bug.what}`}`);
  }
  await crew.dismiss();
  say(`${bugs.length - missed} of ${bugs.length} planted bugs were found`);
  return missed === 0;
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
  const good =
    orders.kind === 'seeds'
      ? await runSeeds(orders)
      : orders.kind === 'story'
        ? await tellStory(orders)
        : await findBugs(orders);
  if (!good) process.exitCode = 1;
}

if (isMainThread) void main();
else playParts();
