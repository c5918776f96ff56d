import type { Clock } from '../../kernel';
import { fromMilliseconds } from '../../kernel';
import { isCrash, type Fate, type Fates } from './fates';
import type { Faults } from './faults';
import type { Random } from './random';
import type { Rest } from './rest';
import type { CallOff, Schedule } from './schedule';

/** What every process, store and actor of one world shares. */
export interface Surroundings {
  readonly schedule: Schedule;
  /** The faults in force now. */
  readonly faults: Faults;
  /** Decides faults and delays. */
  readonly random: Random;
  readonly fates: Fates;
  readonly rest: Rest;
  /** Counts what has happened, so that a run shows what it has met. */
  readonly tally: (what: string, times?: number) => void;
  /** Counts what was made to go wrong, among the rest: as `fault: <what>`. */
  readonly fault: (what: string) => void;
  /** Tells who did what at this virtual moment: the trace of the run. */
  readonly note: (who: string, what: string) => void;
}

/** How a call may fail besides its effect's own errors. */
export interface CallFaults {
  /** What the other side answers, now and then, instead of doing anything. */
  readonly refusal?: () => Error | undefined;
  /** A write: what its caller is told when the answer never comes. */
  readonly unheard?: () => Error;
  /** The write never reached its store. */
  readonly lost?: () => void;
  /** The write will happen though its caller has given up, even if the caller dies. */
  readonly late?: () => void;
}

/**
 * One process. All that it does to the world is a call, which takes time and may fail; between calls it computes in no
 * time. Once it has died, nothing that it waits for ever comes, so that its code goes no further.
 */
export class Process {
  alive = true;
  private readonly listeners = new Set<() => void>();
  /** How far its clock is off, in milliseconds. */
  private skew = 0;

  constructor(
    readonly name: string,
    readonly around: Surroundings,
    /** Whether calls may kill it. */
    private readonly mortal: boolean,
  ) {
    this.setClock('clock wrong');
  }

  readonly clock: Clock = {
    now: () => fromMilliseconds(this.around.schedule.now + this.skew),
    sleep: (milliseconds) =>
      new Promise((resolve) => {
        this.after(milliseconds, resolve);
      }),
  };

  /** `what` happens in `milliseconds` if the process still lives. */
  after(milliseconds: number, what: () => void): CallOff {
    return this.around.schedule.after(milliseconds, () => {
      if (this.alive) what();
    });
  }

  /**
   * Carries `effect` to its store and its outcome back; either way takes its time. `effect` itself is one instant: what
   * it does, it does whole. Written flat, since every event of a run passes here.
   */
  call<T>(what: string, effect: () => T, faults: CallFaults = {}): Promise<T> {
    const { schedule, random, note } = this.around;
    return new Promise<T>((resolve, reject) => {
      const answer = (settle: () => void, wait = this.way()): void => {
        const settleIfAlive = (): void => {
          if (this.alive) settle();
        };
        schedule.after(wait, settleIfAlive, true);
      };
      const arrive = (): void => {
        if (!this.alive) return;
        const { clockStep, silentFor } = this.around.faults;
        if (random.chance(clockStep)) this.setClock('clock set');
        const { unheard } = faults;
        const fate = this.around.fates.draw(this.around.faults, this.mortal, unheard !== undefined);
        if (fate !== undefined && isCrash(fate)) {
          this.dieAround(what, effect, fate);
          return;
        }
        const refusal = faults.refusal?.();
        if (refusal) {
          note(this.name, `${what} refused: ${refusal.message}`);
          answer(() => reject(refusal));
        } else if (unheard && fate !== undefined) {
          this.doUnheard(what, effect, fate, faults);
          answer(() => reject(unheard()), random.between(silentFor));
        } else {
          this.do(what, effect, (settle) => answer(settle), resolve, reject);
        }
      };
      if (this.alive) schedule.after(this.way(), arrive, true);
    });
  }

  whenKilled(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Dies like a process under `kill -9`: its memory is gone, its connections break. */
  kill(): void {
    if (!this.alive) return;
    this.around.tally('crash');
    this.around.note(this.name, 'CRASH');
    this.end();
  }

  /** Ends without being counted as a crash. */
  end(): void {
    if (!this.alive) return;
    this.alive = false;
    for (const listener of [...this.listeners]) listener();
    this.listeners.clear();
  }

  private do<T>(
    what: string,
    effect: () => T,
    answer: (settle: () => void) => void,
    resolve: (value: T) => void,
    reject: (error: unknown) => void,
  ): void {
    try {
      const value = effect();
      this.around.note(this.name, what);
      answer(() => resolve(value));
    } catch (error) {
      this.around.note(this.name, `${what} failed: ${String(error)}`);
      answer(() => reject(error));
    }
  }

  private setClock(why: string): void {
    const { faults, random, fault } = this.around;
    const most = this.mortal ? Math.round(faults.clockSkew) : 0;
    if (most === 0) return;
    this.skew = random.between([-most, most]);
    fault(why);
  }

  private way(): number {
    const { faults, random, fault } = this.around;
    if (random.chance(faults.slow)) {
      fault('call slow');
      return random.between(faults.slowFor);
    }
    return random.between(faults.latency);
  }

  private dieAround(what: string, effect: () => unknown, fate: Fate): void {
    const done = fate === 'crash-after';
    if (done) quietly(effect);
    this.around.note(this.name, `dies ${done ? 'after' : 'before'} ${what}`);
    this.around.fault(done ? 'crash after a call' : 'crash before a call');
    this.kill();
  }

  private doUnheard(what: string, effect: () => unknown, fate: Fate, faults: CallFaults): void {
    const { random, schedule, note, fault } = this.around;
    note(this.name, `${what} unheard, ${fate}`);
    fault(`write unanswered, ${fate}`);
    if (fate === 'lost') faults.lost?.();
    if (fate === 'applied') quietly(effect);
    if (fate === 'applied-late') {
      faults.late?.();
      schedule.after(random.between(this.around.faults.silentFor), () => quietly(effect), true);
    }
  }
}

/** The effect's own refusal is not heard either. */
function quietly(effect: () => unknown): void {
  try {
    effect();
  } catch {
    // Nobody is there to be told.
  }
}
