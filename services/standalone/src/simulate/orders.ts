import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';

/** What was asked for on the command line. */
export type Orders =
  | {
      readonly kind: 'seeds';
      readonly first: number;
      readonly count: number;
      readonly bug: string | undefined;
      readonly workers: number;
    }
  | {
      readonly kind: 'story';
      readonly seed: number;
      readonly bug: string | undefined;
      readonly everything: boolean;
    }
  | { readonly kind: 'bugs'; readonly first: number; readonly count: number; readonly workers: number };

export const usage = `simulate: whole purchases under faults, each run decided by its seed

  --seeds N [--first K]   runs N seeds, from K on (1), and checks every promise
  --seed S                runs one seed again and tells its story; --everything adds each call
  --bug NAME              with a planted bug
  --bugs [--seeds N]      plants every known bug in turn and looks for it in at most N seeds (300)
  --workers N             with this many threads; as many as the machine has cores
`;

/** Throws, saying what is wrong, for what it can't follow. */
export function readOrders(words: readonly string[]): Orders {
  const { values } = parseArgs({
    args: [...words],
    options: {
      seeds: { type: 'string' },
      first: { type: 'string', default: '1' },
      seed: { type: 'string' },
      bug: { type: 'string' },
      bugs: { type: 'boolean', default: false },
      everything: { type: 'boolean', default: false },
      workers: { type: 'string', default: String(availableParallelism()) },
    },
  });
  const first = whole('first', values.first);
  const workers = Math.max(1, whole('workers', values.workers));
  if (values.bugs) return { kind: 'bugs', first, count: whole('seeds', values.seeds ?? '300'), workers };
  if (values.seed !== undefined)
    return {
      kind: 'story',
      seed: whole('seed', values.seed),
      bug: values.bug,
      everything: values.everything,
    };
  return { kind: 'seeds', first, count: whole('seeds', values.seeds ?? '200'), bug: values.bug, workers };
}

function whole(name: string, text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new Error(`--${name} takes a whole number, not “${text}”`);
  return Number(text);
}
