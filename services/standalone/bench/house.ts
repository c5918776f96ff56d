import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { buildStandalone, startMachine, type Machine } from '../test/machine';
import { firstCategory } from '../test/purchase';
import { signIn, type Visitor } from '../test/visitor';

/** A machine of its own, with those who organise and buy signed in. */
export interface House {
  readonly machine: Machine;
  readonly organizer: Visitor;
  readonly categoryId: string;
  readonly buyers: readonly Visitor[];
  /** Of the buyers. */
  readonly tokens: readonly string[];
}

const environment = { HOLDS_PER_BUYER: '10000000', SANDBOX_OUTCOME: 'succeed' };
let program: string | undefined;

/** A machine over a folder that is empty at first; `twice`: it has been started before, so stores are made and files warm. */
export async function withMachine(use: (machine: Machine) => Promise<void>, twice = false): Promise<void> {
  program ??= buildStandalone();
  const dataDir = mkdtempSync(path.join(tmpdir(), 'boxoffice-bench-'));
  try {
    if (twice) await (await startMachine({ program, dataDir, environment })).stop();
    const machine = await startMachine({ program, dataDir, environment });
    try {
      await use(machine);
    } finally {
      await machine.kill();
    }
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

export const withHouse = (use: (house: House) => Promise<void>): Promise<void> =>
  withMachine(async (machine) => use(await houseOf(machine)));

export async function houseOf(machine: Machine): Promise<House> {
  const organizer = await signIn(machine.origin, 'olivia@example.org');
  const categoryId = await firstCategory(organizer, await signIn(machine.origin, 'ada@example.org'));
  const buyers = await Promise.all(
    Array.from({ length: 64 }, (_, i) => signIn(machine.origin, `buyer-${i}@example.org`)),
  );
  return { machine, organizer, categoryId, buyers, tokens: buyers.map(({ token }) => token ?? '') };
}

/** Over a folder that may have been in use before. */
export const startOver = (dataDir: string): Promise<Machine> =>
  startMachine({ program: (program ??= buildStandalone()), dataDir, environment });

/** Of all its threads, since it started. */
export function processorSeconds({ pid }: { readonly pid: number }): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // After the name in brackets: user and system time are the 12th and 13th, in hundredths of a second.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** Resolves once what was bought is printed and sent: for a second next to nothing is done. At most two minutes. */
export async function untilQuiet(machine: { readonly pid: number }): Promise<void> {
  for (let second = 0; second < 120; second++) {
    const before = processorSeconds(machine);
    await setTimeout(1000);
    if (processorSeconds(machine) - before < 0.1) return;
  }
}

export function residentMegabytes({ pid }: { readonly pid: number }): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
}
