import type { Instant } from '@boxoffice/shared/kernel';
import { Endings } from './endings';
import type { Journal } from './journal';
import type { Entry, EntryEnd, EntryTerms } from './waiting-entry';

/** Who waits is between whom, in the line of their ticket type. */
interface Place {
  readonly ahead?: string | undefined;
  readonly behind?: string | undefined;
}
interface Line {
  readonly first: string;
  readonly last: string;
}

/** Who waits for an event's tickets: a line for each ticket type, in the order in which they joined. */
export class WaitingList {
  private readonly entries = new Map<string, Entry>();
  private readonly lines = new Map<string, Line>();
  private readonly places = new Map<string, Place>();
  private readonly requests = new Map<string, string>();
  private readonly latest = new Map<string, string>();
  private readonly endings = new Endings<string>();

  constructor(private readonly journal: Journal) {}

  /** Nobody waits for anything. */
  get isEmpty(): boolean {
    return this.lines.size === 0;
  }
  get size(): number {
    return this.entries.size;
  }
  /** For which somebody waits. */
  ticketTypes = (): Iterable<string> => this.lines.keys();
  entry = (entryId: string): Entry | undefined => this.entries.get(entryId);
  all = (): Iterable<Entry> => this.entries.values();

  /** The entry that was made under this key, as it is now. */
  madeUnder(key: string): Entry | undefined {
    const entryId = this.requests.get(key);
    return entryId === undefined ? undefined : this.entries.get(entryId);
  }

  /** The last that the buyer made for this ticket type; ended ones are known for a day. */
  latestOf(userId: string, ticketTypeId: string): Entry | undefined {
    const entryId = this.latest.get(keyOf(userId, ticketTypeId));
    return entryId === undefined ? undefined : this.entries.get(entryId);
  }

  /** Who waits for this ticket type, the oldest first. */
  *waitingFor(ticketTypeId: string): Iterable<Entry> {
    for (
      let entryId = this.lines.get(ticketTypeId)?.first;
      entryId !== undefined;
      entryId = this.places.get(entryId)?.behind
    )
      yield this.known(entryId);
  }

  join(terms: EntryTerms, joinedAt: Instant): void {
    this.append({ ...terms, joinedAt, passedOver: 0, standing: { state: 'waiting' } });
  }

  /** Who joined before has been passed over once more. */
  offer(entryId: string, holdId: string): void {
    const served = this.known(entryId);
    for (const entry of this.waitingFor(served.ticketTypeId)) {
      if (entry.entryId === entryId) break;
      this.journal.set(this.entries, entry.entryId, { ...entry, passedOver: entry.passedOver + 1 });
    }
    this.leaveLine(served);
    this.journal.set(this.entries, entryId, { ...served, standing: { state: 'offered', holdId } });
  }

  end(entryId: string, state: EntryEnd, endedAt: Instant): void {
    const entry = this.known(entryId);
    if (entry.standing.state === 'waiting') this.leaveLine(entry);
    this.journal.set(this.entries, entryId, { ...entry, standing: { state, endedAt } });
    this.endings.push(endedAt, entryId);
  }

  begin = (): void => this.endings.begin();
  takeBack = (): void => this.endings.takeBack();

  forget(now: Instant): void {
    for (const entryId of this.endings.forget(now)) {
      const { userId, ticketTypeId, request } = this.known(entryId);
      this.entries.delete(entryId);
      deleteIf(this.requests, request.key, entryId);
      deleteIf(this.latest, keyOf(userId, ticketTypeId), entryId);
    }
  }

  /** As a snapshot remembers them, in any order. */
  recall(entries: readonly Entry[]): void {
    for (const entry of [...entries].sort((a, b) => (a.entryId < b.entryId ? -1 : 1))) this.append(entry);
    const ended = entries.flatMap(({ entryId, standing }) =>
      'endedAt' in standing ? [{ entryId, endedAt: standing.endedAt }] : [],
    );
    for (const { entryId, endedAt } of ended.sort((a, b) => (a.endedAt < b.endedAt ? -1 : 1)))
      this.endings.push(endedAt, entryId);
  }

  private append(entry: Entry): void {
    const { entryId, userId, ticketTypeId, request } = entry;
    this.journal.set(this.entries, entryId, entry);
    this.journal.set(this.requests, request.key, entryId);
    this.journal.set(this.latest, keyOf(userId, ticketTypeId), entryId);
    if (entry.standing.state !== 'waiting') return;
    const line = this.lines.get(ticketTypeId);
    this.journal.set(this.lines, ticketTypeId, { first: line?.first ?? entryId, last: entryId });
    this.journal.set(this.places, entryId, { ahead: line?.last });
    if (line) this.changePlace(line.last, { behind: entryId });
  }

  private leaveLine({ entryId, ticketTypeId }: Entry): void {
    const { ahead, behind } = this.places.get(entryId) ?? {};
    const line = this.lines.get(ticketTypeId);
    if (!line) throw new Error(`${entryId} stands in no line`);
    this.journal.set(this.places, entryId, undefined);
    if (ahead !== undefined) this.changePlace(ahead, { behind });
    if (behind !== undefined) this.changePlace(behind, { ahead });
    const first = ahead === undefined ? behind : line.first;
    const last = behind === undefined ? ahead : line.last;
    const rest = first === undefined || last === undefined ? undefined : { first, last };
    this.journal.set(this.lines, ticketTypeId, rest);
  }

  private changePlace(entryId: string, change: Place): void {
    this.journal.set(this.places, entryId, { ...this.places.get(entryId), ...change });
  }

  private known(entryId: string): Entry {
    const entry = this.entries.get(entryId);
    if (!entry) throw new Error(`nobody waits as ${entryId}`);
    return entry;
  }
}

const keyOf = (userId: string, ticketTypeId: string): string => `${ticketTypeId} ${userId}`;

function deleteIf(map: Map<string, string>, key: string, value: string): void {
  if (map.get(key) === value) map.delete(key);
}
