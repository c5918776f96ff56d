import { setImmediate } from 'node:timers';
import type { Random } from './random';

/** Something that will happen at a virtual moment; `what` is dropped when it is called off. */
interface Entry {
  readonly time: number;
  /** Drawn, so that what falls on one millisecond happens in any order. */
  readonly tie: number;
  readonly number: number;
  /** Somebody waits for it now: a call under way, rather than a timer that may ring some day. */
  readonly awaited: boolean;
  what: (() => void) | undefined;
}

export type CallOff = () => void;

/**
 * Virtual time as a heap of events. Between two events every promise that can settle has settled, so that a run is
 * a plain sequence which the seed decides; no timer of the machine takes part.
 */
export class Schedule {
  /** How many events have happened. */
  happened = 0;
  private readonly heap: Entry[] = [];
  private numbers = 0;
  private awaited = 0;
  private driving = false;
  /** Driven by itself up to this moment, and further while a call is under way; undefined: only by `run`. */
  private free: number | undefined;

  /** `now`: milliseconds since 1970, virtual. */
  constructor(
    public now: number,
    private readonly random: Random,
  ) {}

  /** `what` happens in `milliseconds`. */
  after(milliseconds: number, what: () => void, awaited = false): CallOff {
    const time = this.now + Math.max(0, Math.round(milliseconds));
    const entry: Entry = { time, tie: this.random.next(), number: this.numbers++, awaited, what };
    if (awaited) this.awaited++;
    push(this.heap, entry);
    this.wake();
    return () => {
      if (entry.what && awaited) this.awaited--;
      entry.what = undefined;
    };
  }

  /** Lets events happen until `done` (asked before each one), or until none is left. False: none was left. */
  async run(done: () => boolean): Promise<boolean> {
    if (this.driving) throw new Error('the schedule is being driven already');
    this.driving = true;
    try {
      return await new Promise<boolean>((resolve, reject) => this.drive(done, resolve, reject));
    } finally {
      this.driving = false;
    }
  }

  /** Lets events happen until `work` has settled; its outcome. Throws when the world comes to rest first. */
  async until<T>(work: Promise<T>): Promise<T> {
    let settled = false;
    const settle = (): void => {
      settled = true;
    };
    work.then(settle, settle);
    if (!(await this.run(() => settled)))
      throw new Error('nothing more happens, and what was awaited has not come');
    return work;
  }

  /** Lets `milliseconds` pass. */
  async pass(milliseconds: number): Promise<void> {
    const end = this.now + milliseconds;
    if (this.free !== undefined) this.free = end;
    await this.settled();
    await this.run(() => (this.next()?.time ?? Infinity) > end && this.awaited === 0);
    this.now = Math.max(this.now, end);
    this.wake();
  }

  /** From now on calls happen by themselves, while time stands still for all that nobody waits for. */
  runFreely(): void {
    this.free = this.now;
    this.wake();
  }

  private async settled(): Promise<void> {
    while (this.driving) await new Promise<void>((resolve) => setImmediate(resolve));
  }

  private wake(): void {
    if (this.free === undefined || this.driving || !this.dueFreely()) return;
    void this.run(() => !this.dueFreely());
  }

  private dueFreely(): boolean {
    return this.awaited > 0 || (this.next()?.time ?? Infinity) <= Math.max(this.free ?? 0, this.now);
  }

  private next(): Entry | undefined {
    for (let first = this.heap[0]; first; first = this.heap[0]) {
      if (first.what) return first;
      pop(this.heap);
    }
    return undefined;
  }

  /** Node drains promises between two immediates, so a handful of them at a time costs no turn of the event loop each. */
  private drive(
    done: () => boolean,
    resolve: (stopped: boolean) => void,
    reject: (fault: unknown) => void,
  ): void {
    let ended = false;
    const one = (): void => {
      if (ended) return;
      try {
        const stopped = done();
        const entry = stopped ? undefined : this.next();
        if (entry) this.happen(entry);
        else {
          ended = true;
          resolve(stopped);
        }
      } catch (fault) {
        ended = true;
        reject(fault);
      }
    };
    const handful = (): void => {
      if (ended) return;
      for (let count = 0; count < 32; count++) setImmediate(one);
      setImmediate(handful);
    };
    handful();
  }

  private happen(entry: Entry): void {
    pop(this.heap);
    const what = entry.what;
    entry.what = undefined;
    if (entry.awaited) this.awaited--;
    this.now = Math.max(this.now, entry.time);
    this.happened++;
    what?.();
  }
}

const earlier = (a: Entry, b: Entry): boolean =>
  a.time !== b.time ? a.time < b.time : a.tie !== b.tie ? a.tie < b.tie : a.number < b.number;

function push(heap: Entry[], entry: Entry): void {
  let at = heap.length;
  heap.push(entry);
  while (at > 0) {
    const up = (at - 1) >> 1;
    const parent = heap[up] as Entry;
    if (!earlier(entry, parent)) break;
    heap[at] = parent;
    at = up;
  }
  heap[at] = entry;
}

function pop(heap: Entry[]): void {
  const last = heap.pop();
  if (!last || heap.length === 0) return;
  let at = 0;
  for (;;) {
    let down = at * 2 + 1;
    if (down >= heap.length) break;
    if (down + 1 < heap.length && earlier(heap[down + 1] as Entry, heap[down] as Entry)) down++;
    const child = heap[down] as Entry;
    if (!earlier(child, last)) break;
    heap[at] = child;
    at = down;
  }
  heap[at] = last;
}
