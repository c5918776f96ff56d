import 'reflect-metadata';
import { bugNamed, bugs } from './bugs';
import type { Bug } from './bug';
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

async function runSeeds({ first, count, bug: name }: Orders & { kind: 'seeds' }): Promise<boolean> {
  const bug = planted(name);
  const report = new Report();
  const began = performance.now();
  for (let seed = first; seed < first + count; seed++) {
    report.add(await simulate({ seed, ...(bug ? { bug } : {}) }));
    progress(`${seed - first + 1} of ${count} runs, ${report.broken.length} broken`);
  }
  progress('');
  for (const line of report.lines((performance.now() - began) / 1000)) say(line);
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

async function findBugs({ first, count }: Orders & { kind: 'bugs' }): Promise<boolean> {
  let missed = 0;
  for (const bug of bugs) {
    let found: string | undefined;
    for (let seed = first; seed < first + count && found === undefined; seed++) {
      const { violations } = await simulate({ seed, bug });
      if (violations[0] !== undefined) found = `seed ${seed}: ${violations[0].slice(0, 140)}`;
      progress(`${bug.name}: ${seed - first + 1} of at most ${count} runs`);
    }
    progress('');
    if (found === undefined) missed++;
    say(`${bug.name.padEnd(28)} ${found ?? `not found in ${count} seeds: ${bug.what}`}`);
  }
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

void main();
