import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import type { ListenOutcome, ListenPlan } from './listeners';
import type { LoadOutcome, LoadPlan } from './load';
import type { PurchaseOutcome, PurchasePlan } from './purchases';

interface Programs {
  readonly load: (plan: LoadPlan) => LoadOutcome;
  readonly purchases: (plan: PurchasePlan) => PurchaseOutcome;
  readonly listeners: (plan: ListenPlan) => ListenOutcome;
}

const run = promisify(execFile);

/** Runs one of the other programs of this folder in a process of its own, so that it costs little of what it measures. */
export async function apart<Name extends keyof Programs>(
  name: Name,
  plan: Parameters<Programs[Name]>[0],
): Promise<ReturnType<Programs[Name]>> {
  const { stdout } = await run(process.execPath, [path.join(__dirname, `${name}.js`), JSON.stringify(plan)], {
    maxBuffer: 1 << 26,
  });
  return JSON.parse(stdout) as ReturnType<Programs[Name]>;
}
