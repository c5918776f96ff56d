import { fates, type Mishap } from '@boxoffice/shared/platform/simulated';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';

interface Seeds {
  readonly first: number;
  readonly count: number;
  /** Threads. */
  readonly workers: number;
}

/** What was asked for on the command line; a bug is named. */
export type Orders =
  | (Seeds & { readonly kind: 'seeds' | 'everywhere'; readonly bug: string | undefined })
  | (Seeds & { readonly kind: 'bugs' })
  | {
      readonly kind: 'story';
      readonly seed: number;
      readonly bug: string | undefined;
      readonly mishap: Mishap | undefined;
      readonly everything: boolean;
    };

export const usage = `simulate: whole purchases under faults, each run decided by its seed

  --seeds N [--first K]   runs N seeds, from K on (1), and checks every promise
  --everywhere            plays a seed (or --seeds N) in calm, and again and again with one thing going wrong: a crash
                          before and after each call, and each write unanswered: lost, applied, and applied late
  --seed S                runs one seed again and tells its story; --everything adds each call
  --mishap WHAT@N         with that one thing going wrong (${fates.join(', ')})
  --bug NAME              with a planted bug
  --bugs [--seeds N]      plants every known bug in turn and looks for it in at most N seeds (1000)
  --workers N             with this many threads; as many as the machine has cores
`;

/** Throws, saying what is wrong, for what it can't follow. */
export function readOrders(words: readonly string[]): Orders {
  const { values } = parseArgs({
    args: [...words],
    options: {
      seeds: { type: 'string' },
      first: { type: 'string', default: '1' },
      everywhere: { type: 'boolean', default: false },
      seed: { type: 'string' },
      everything: { type: 'boolean', default: false },
      mishap: { type: 'string' },
      bug: { type: 'string' },
      bugs: { type: 'boolean', default: false },
      workers: { type: 'string', default: String(availableParallelism()) },
    },
  });
  const seeds = (count: string): Seeds => ({
    first: whole('first', values.first),
    count: whole('seeds', values.seeds ?? count),
    workers: Math.max(1, whole('workers', values.workers)),
  });
  const { bug, everything } = values;
  if (values.bugs) return { kind: 'bugs', ...seeds('1000') };
  if (values.everywhere) return { kind: 'everywhere', ...seeds('1'), bug };
  if (values.seed === undefined) return { kind: 'seeds', ...seeds('200'), bug };
  return {
    kind: 'story',
    seed: whole('seed', values.seed),
    bug,
    mishap: mishapIn(values.mishap),
    everything,
  };
}

function mishapIn(text: string | undefined): Mishap | undefined {
  if (text === undefined) return undefined;
  const [name, at = ''] = text.split('@');
  const fate = fates.find((one) => one === name);
  if (!fate)
    throw new Error(`--mishap takes one of ${fates.join(', ')} and where, like lost@12, not “${text}”`);
  return { fate, at: whole('mishap', at) };
}

function whole(name: string, text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new Error(`--${name} takes a whole number, not “${text}”`);
  return Number(text);
}
