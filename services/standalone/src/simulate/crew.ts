import type { Mishap } from '@boxoffice/shared/platform/simulated';
import { Worker, parentPort } from 'node:worker_threads';
import { bugNamed } from './bugs';
import { simulate, type Outcome } from './run';

/** One run to be played. */
export interface Part {
  readonly seed: number;
  /** The name of a planted bug. */
  readonly bug?: string | undefined;
  readonly mishap?: Mishap | 'none';
}

interface Asked {
  readonly part: Part;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (error: unknown) => void;
}

/** Runs that may be ahead of the one that is waited for, for each player. */
const ahead = 8;

/** Several threads of this program that play runs. A run is decided by its part alone, not by who plays it or beside what. */
export class Crew {
  private readonly waiting: Asked[] = [];
  private readonly idle: Worker[] = [];
  private readonly players: readonly Worker[];

  /** `program`: the file whose threads call `playParts`. */
  constructor(program: string, size: number) {
    this.players = Array.from({ length: size }, () => new Worker(program));
    this.idle.push(...this.players);
  }

  /** The outcomes in the order of the parts. Who stops listening stops the playing. */
  async *play(parts: readonly Part[]): AsyncGenerator<Outcome> {
    const underWay: Promise<Outcome>[] = [];
    let next = 0;
    try {
      for (;;) {
        const room = ahead * this.players.length - underWay.length;
        for (const part of parts.slice(next, next + room)) underWay.push(this.perform(part));
        next += room;
        const outcome = await underWay.shift();
        if (!outcome) return;
        yield outcome;
      }
    } finally {
      this.waiting.length = 0;
      for (const one of underWay) one.catch(() => undefined);
    }
  }

  async dismiss(): Promise<void> {
    await Promise.all(this.players.map((player) => player.terminate()));
  }

  private perform(part: Part): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ part, resolve, reject });
      this.assign();
    });
  }

  private assign(): void {
    const player = this.idle.pop();
    const asked = player && this.waiting.shift();
    if (!asked) {
      if (player) this.idle.push(player);
      return;
    }
    const failed = (error: unknown): void => asked.reject(error);
    player.once('error', failed);
    player.once('message', (outcome: Outcome) => {
      player.off('error', failed);
      this.idle.push(player);
      asked.resolve(outcome);
      this.assign();
    });
    player.postMessage(asked.part);
  }
}

/** What a thread of the crew does, until it is dismissed. */
export function playParts(): void {
  parentPort?.on('message', ({ bug: name, ...part }: Part) => {
    const bug = name === undefined ? undefined : bugNamed(name);
    void simulate({ ...part, ...(bug ? { bug } : {}) }).then((outcome) => parentPort?.postMessage(outcome));
  });
}
