import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { buildStandalone, freePort, startMachine, type Machine } from '../machine';
import { firstCategory, putOnSale } from '../purchase';
import { signIn } from '../visitor';
import { check } from './check';
import { Crowd } from './crowd';
import { Lines } from './lines';

const { values } = parseArgs({
  options: {
    buyers: { type: 'string', default: '20000' },
    seats: { type: 'string', default: '5000' },
    connections: { type: 'string', default: '2000' },
    minutes: { type: 'string', default: '6' },
  },
});
const [buyers, seats, connections] = [values.buyers, values.seats, values.connections].map(Number) as [
  number,
  number,
  number,
];

/** Many more buyers than seats, all at once, over HTTP; amid their purchases the machine is killed, and started again. */
async function main(): Promise<void> {
  const program = buildStandalone();
  const dataDir = mkdtempSync(path.join(tmpdir(), 'boxoffice-rush-'));
  const port = await freePort();
  const environment = { SANDBOX_OUTCOME: 'succeed' };
  const start = (): Promise<Machine> => startMachine({ program, dataDir, port, environment });
  let machine = await start();
  try {
    const organizer = await signIn(machine.origin, 'olivia@example.org');
    const category = await firstCategory(organizer, await signIn(machine.origin, 'ada@example.org'));
    const sale = await putOnSale(organizer, category, [seats, 1], 1);
    const tokens = await signInAll(machine.origin);

    const lines = new Lines(port, connections);
    const crowd = new Crowd(lines, sale, seats);
    const began = performance.now();
    const say = (what: string): void =>
      console.log(`${((performance.now() - began) / 1000).toFixed(0).padStart(4)} s  ${what}`);
    const tell = (): void => say(progressOf(crowd, lines));
    say(`${buyers} buyers for ${seats} seats`);
    crowd.gather(tokens);

    const killAt = Math.ceil(seats * (0.2 + 0.5 * Math.random()));
    await until(() => crowd.told.fulfilled.size >= killAt, tell);
    await machine.kill();
    say('kill -9');
    machine = await start();
    say(`up again, ${machine.startMilliseconds.toFixed(0)} ms after it was started`);
    const done = await until(() => crowd.left === 0, tell);
    await wait(1100); // availability is up to a second old
    const faults = [
      ...(done ? [] : [`not all was sold within ${values.minutes} minutes`]),
      ...(await check(machine.origin, organizer, sale, crowd.told, seats)),
    ];
    lines.close();
    for (const fault of faults.slice(0, 20)) console.log(`  FAULT ${fault}`);
    console.log(
      faults.length === 0
        ? `${seats} sold, none twice, and the report of the stock adds up.`
        : `${faults.length} faults.`,
    );
    process.exitCode = faults.length === 0 ? 0 : 1;
  } finally {
    await machine.kill();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Looks every few milliseconds, and tells now and then; false where it takes too long. */
async function until(isSo: () => boolean, tell: () => void): Promise<boolean> {
  const end = performance.now() + Number(values.minutes) * 60_000;
  for (let told = performance.now(); performance.now() < end;) {
    await wait(5);
    if (isSo()) {
      tell();
      return true;
    }
    if (performance.now() - told < 10_000) continue;
    told = performance.now();
    tell();
  }
  return false;
}

async function signInAll(origin: string): Promise<readonly string[]> {
  console.log(`${buyers} buyers sign in: about a minute`);
  const tokens: string[] = [];
  const desk = async (): Promise<void> => {
    while (tokens.length < buyers) {
      const place = tokens.push('') - 1;
      tokens[place] = (await signIn(origin, `buyer-${place}@example.org`)).token ?? '';
    }
  };
  await Promise.all(Array.from({ length: 16 }, desk));
  return tokens;
}

function progressOf({ told }: Crowd, { repeated }: Lines): string {
  const { fulfilled, orders, soldOut, givenBack, walkedAway, faults } = told;
  return (
    `${fulfilled.size} have their tickets, ${orders.size} orders; ${givenBack} gave back, ${walkedAway} walked away; ` +
    `“sold out” said ${soldOut} times; ${repeated} requests repeated; ${faults.length} faults`
  );
}

main().then(
  () => process.exit(),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
