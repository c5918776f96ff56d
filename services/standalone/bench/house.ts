import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
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
  withMachine(async (machine) => {
    const organizer = await signIn(machine.origin, 'olivia@example.org');
    const categoryId = await firstCategory(organizer, await signIn(machine.origin, 'ada@example.org'));
    const buyers = await Promise.all(
      Array.from({ length: 64 }, (_, i) => signIn(machine.origin, `buyer-${i}@example.org`)),
    );
    const tokens = buyers.map(({ token }) => token ?? '');
    await use({ machine, organizer, categoryId, buyers, tokens });
  });

export function residentMegabytes({ pid }: { readonly pid: number }): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
}
