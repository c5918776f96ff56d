import { toMilliseconds, type Chance, type Clock, type Ids } from '@boxoffice/shared/kernel';
import { Draft } from './draft';
import { endDue } from './end-due';
import { groupRules } from './group';
import type { Move } from './move';
import { makeOffers } from './offers';
import type { DoorWatch, StockRecords } from './ports';
import { tooBusy } from './refusals';
import { StockCopy, type Attempt } from './stock-copy';
import { answerOf, sendOrdersAway, settle, type Answer, type Decide, type Visitor } from './visitors';

export const doorLimits = {
  /** Visitors a commit takes: about half of what a batch may weigh, at the largest holds. */
  visitors: 2000,
  /** Moves: a visitor who brings the scans of an evening makes hundreds. */
  moves: 5000,
  /** Expiries a commit carries before its visitors' own moves. */
  expiries: 1000,
  /** Offers that it carries to who waits. */
  offers: 1000,
  /**
   * Documents of orders and notes after which a batch takes no other visitor, and the tickets in them: about 0.8 MB. The last may
   * be who completes a group, with an order for each of its parts: 94 then, of the 100 that a batch may have.
   */
  records: 75,
  tickets: 2500,
  /** Orders of groups whose time was up, before its visitors' own: those of one group at the least. */
  lapsedOrders: groupRules.parts.most,
  /** Seats that a commit names, at some 25 bytes each; 250 if somebody calls them so. */
  seats: 5000,
  /** Who comes when so many wait is sent away at once. */
  waiting: 20_000,
  /** Tries before visitors are told that others were always faster: some three seconds. */
  tries: 200,
  /** What a write counts for in these whose answer was lost, and one that the store had no room for. */
  lost: 8,
  crowded: 4,
  /** Times that reading may fail before they are told that. */
  readFaults: 4,
} as const;

/** Who was overtaken is quickly back, as whoever was faster lets it in; a store in trouble is given longer each time. */
const pauses = { overtaken: 8, longest: 400 } as const;
/** For so long after it was overtaken a process lets others in: about a round trip, and no longer than this. */
const courtesy = { forMilliseconds: 60_000, longest: 40 } as const;

export interface DoorNeeds {
  readonly records: StockRecords;
  readonly watch: DoorWatch;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly chance: Chance;
}

interface Decision {
  readonly draft: Draft;
  readonly answers: readonly Answer[];
}
interface Failure {
  readonly failed: Visitor;
  readonly cause: unknown;
}
type Written = Attempt & { readonly answers: readonly Answer[]; readonly moves: readonly Move[] };

/**
 * The one door to an event's stock in this process. While a commit is under way those who come wait, and then share the
 * next one: one batch, however many they are. Between processes the root's fence decides; who finds it changed reads what
 * the others did, and decides again.
 */
export class Door {
  /** Called after each commit of this door, and when nobody waits any more. */
  afterCommit: (() => void) | undefined;
  afterLast: (() => void) | undefined;
  readonly copy: StockCopy;
  private waiting: Visitor[] = [];
  private serving = false;
  private overtakenAt = -Infinity;
  private writeMilliseconds = 0;
  /** The last commit had no room for all offers: another follows, though nobody came. */
  private owesOffers = false;

  constructor(
    private readonly eventId: string,
    private readonly needs: DoorNeeds,
  ) {
    this.copy = new StockCopy(eventId, needs.records);
  }

  get isIdle(): boolean {
    return !this.serving && this.waiting.length === 0;
  }

  /** Resolves with what was decided, once it is durable; what changes nothing, once it is known to be up to date. */
  ask<T>(decide: Decide<T>): Promise<T> {
    if (this.waiting.length >= doorLimits.waiting) return Promise.reject(tooBusy());
    return new Promise<T>((resolve, reject) => {
      this.waiting.push({ decide, admit: (answer) => resolve(answer as T), reject });
      if (!this.serving) void this.serve();
    });
  }

  private async serve(): Promise<void> {
    this.serving = true;
    while (this.waiting.length > 0 || this.owesOffers) {
      const group = this.waiting.splice(0, doorLimits.visitors);
      this.owesOffers = false;
      try {
        await this.commit(group);
        if (this.wasOvertaken()) await this.letOthersIn();
      } catch (error) {
        for (const visitor of group) visitor.reject(error);
      }
    }
    this.serving = false;
    this.afterLast?.();
  }

  private async commit(group: Visitor[]): Promise<void> {
    let visitors = group;
    let written: Written[] = [];
    let unknown: Error | undefined;
    let decided = false;
    let troubles = 0;
    for (let round = 1, tries = 0, faults = 0; tries < doorLimits.tries; round++, tries++) {
      try {
        if (round > 1) await this.pause(troubles);
        const landed = await this.prepare(round, written);
        if (landed) {
          settle(landed.answers);
          this.tell(landed, round);
          return;
        }
      } catch (error) {
        // Once something was tried, that it may have been done is what they must hear.
        if (++faults > doorLimits.readFaults) throw unknown ?? error;
        continue;
      }
      written = written.filter((attempt) => this.copy.mayYetLand(attempt));
      const decision = await this.decideOnTheLatest(visitors, !decided);
      if (!decision) continue;
      const { draft, answers } = decision;
      decided = true;
      if (draft.isEmpty) {
        this.copy.stock.takeBack();
        if (await this.isCurrent()) {
          settle(answers);
          return;
        }
        continue;
      }
      const { epoch, sequence } = this.copy.stock;
      const commitId = this.needs.ids.next();
      const attempt = { epoch, sequence: sequence + 1, commitId, answers, moves: draft.moves };
      const outcome = await this.timed(() => this.copy.write(draft, attempt));
      switch (outcome.kind) {
        case 'committed':
          this.owesOffers = draft.owesOffers;
          settle(answers);
          this.tell(attempt, round);
          this.afterCommit?.();
          return;
        case 'unknown':
          unknown = outcome.cause;
          written.push(attempt);
          troubles++;
          tries += doorLimits.lost;
          break;
        case 'stale':
          this.overtakenAt = this.now();
          written.push(attempt); // perhaps the echo of our own write, if something on the way sent it twice
          break;
        case 'order-settled':
          visitors = sendOrdersAway(answers);
          break;
        case 'busy':
          troubles++;
          tries += doorLimits.crowded;
          await this.needs.clock.sleep(outcome.retryAfterMilliseconds);
          break;
      }
    }
    throw unknown ?? tooBusy();
  }

  private tell({ answers, moves }: Written, rounds: number): void {
    this.needs.watch.committed(this.eventId, { visitors: answers.length, moves, rounds });
  }

  /** Reads what others did, where there is cause to; answers the attempt that proves to have gone through. */
  private async prepare(round: number, written: readonly Written[]): Promise<Written | undefined> {
    if (round > 1 || this.copy.stock.sequence === 0) await this.copy.catchUp();
    for (const attempt of written) if (await this.copy.wentThrough(attempt)) return attempt;
    return undefined;
  }

  private async isCurrent(): Promise<boolean> {
    try {
      return await this.copy.isCurrent();
    } catch {
      return false; // the next round reads again, and counts
    }
  }

  /** Without those whose decision fails; undefined where the copy is behind, and what is right may have looked wrong. */
  private async decideOnTheLatest(visitors: Visitor[], mayCut: boolean): Promise<Decision | undefined> {
    for (;;) {
      const decision = this.decide(visitors, mayCut);
      if ('draft' in decision) return decision;
      // The draft may be half changed: the others start afresh.
      this.copy.stock.takeBack();
      if (!(await this.isCurrent())) return undefined;
      decision.failed.reject(decision.cause);
      visitors.splice(visitors.indexOf(decision.failed), 1);
    }
  }

  /** A group that weighs too much is cut where it does; those cut off are the first of the next. */
  private decide(visitors: Visitor[], mayCut: boolean): Decision | Failure {
    const draft = new Draft(this.copy.stock, this.needs.clock.now());
    // Whoever can't be cut off has room for their own orders alone.
    endDue(draft, mayCut ? doorLimits : { ...doorLimits, lapsedOrders: 0 });
    makeOffers(draft, doorLimits);
    const answers: Answer[] = [];
    for (const [i, visitor] of visitors.entries()) {
      if (mayCut && weighsEnough(draft)) {
        this.waiting.unshift(...visitors.splice(i));
        break;
      }
      try {
        answers.push(answerOf(visitor, draft));
        if (draft.hasFreed) makeOffers(draft, doorLimits);
      } catch (cause) {
        return { failed: visitor, cause };
      }
    }
    return { draft, answers };
  }

  private pause(troubles: number): Promise<void> {
    return this.sleepUpTo(Math.min(pauses.longest, pauses.overtaken * 2 ** troubles));
  }

  /** Whoever has just committed knows the fence, and would be first again and again while others read. */
  private letOthersIn(): Promise<void> {
    return this.sleepUpTo(Math.min(2 * this.writeMilliseconds, courtesy.longest));
  }

  private wasOvertaken = (): boolean => this.now() - this.overtakenAt < courtesy.forMilliseconds;

  private sleepUpTo(milliseconds: number): Promise<void> {
    const [high = 0, low = 0] = this.needs.chance.bytes(2);
    return this.needs.clock.sleep(((high * 256 + low) / 65_536) * milliseconds);
  }

  private async timed<T>(write: () => Promise<T>): Promise<T> {
    const began = this.now();
    const outcome = await write();
    this.writeMilliseconds = this.now() - began;
    return outcome;
  }

  private now = (): number => toMilliseconds(this.needs.clock.now());
}

const weighsEnough = ({ moves, orders, notes, ticketsIssued, seatsNamed }: Draft): boolean =>
  moves.length >= doorLimits.moves ||
  orders.length + notes.length >= doorLimits.records ||
  ticketsIssued >= doorLimits.tickets ||
  seatsNamed >= doorLimits.seats;
