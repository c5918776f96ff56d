import type { Faults } from './faults';
import type { Random } from './random';

const crashes = ['crash-before', 'crash-after'] as const;
const silences = ['lost', 'applied', 'applied-late'] as const;

/**
 * What may become of a call: its process dies just before its effect, or just after; or it is a write whose answer never
 * comes, and it did not happen, has happened, or happens later.
 */
export type Fate = (typeof crashes)[number] | (typeof silences)[number];
export const fates: readonly Fate[] = [...crashes, ...silences];
export const isCrash = (fate: Fate): fate is (typeof crashes)[number] => crashes.includes(fate as never);

/** The one thing that goes wrong in a run: a crash at the call of this number, or silence after the write of this number. */
export interface Mishap {
  readonly fate: Fate;
  readonly at: number;
}

/** Decides which calls meet their fate: by chance, as often as the faults say, and the one that was planned. */
export class Fates {
  /** Of mortal processes, so far. */
  calls = 0;
  writes = 0;

  constructor(
    private readonly random: Random,
    private readonly mishap: Mishap | undefined,
  ) {}

  draw({ crash, outcomeUnknown }: Faults, isMortal: boolean, isWrite: boolean): Fate | undefined {
    if (isMortal) {
      this.calls++;
      if (isWrite) this.writes++;
      if (this.mishap && this.isPlanned(this.mishap, isWrite)) return this.mishap.fate;
      if (this.random.chance(crash)) return this.random.pick(crashes);
    }
    return isWrite && this.random.chance(outcomeUnknown) ? this.random.pick(silences) : undefined;
  }

  private isPlanned({ fate, at }: Mishap, isWrite: boolean): boolean {
    return isCrash(fate) ? at === this.calls : isWrite && at === this.writes;
  }
}
