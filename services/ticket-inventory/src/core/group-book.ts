import type { Instant } from '@boxoffice/shared/kernel';
import { Endings } from './endings';
import type { Group, GroupEnd, GroupTerms } from './group';
import type { Journal } from './journal';

/** The group bookings of an event: those that are open, and those that have ended, for a day. */
export class GroupBook {
  private readonly groups = new Map<string, Group>();
  private readonly requests = new Map<string, string>();
  private readonly led = new Map<string, number>();
  private readonly endings = new Endings<string>();

  constructor(private readonly journal: Journal) {}

  group = (groupId: string): Group | undefined => this.groups.get(groupId);
  all = (): Iterable<Group> => this.groups.values();

  /** The group that was made under this key, as it is now. */
  madeUnder = (key: string): Group | undefined => this.groups.get(this.requests.get(key) ?? '');
  /** How many open ones they lead. */
  ledBy = (userId: string): number => this.led.get(userId) ?? 0;

  open(terms: GroupTerms): void {
    this.put({ ...terms, holdIds: [], standing: { state: 'open' } });
  }

  addPart(groupId: string, holdId: string): void {
    const group = this.known(groupId);
    this.journal.set(this.groups, groupId, { ...group, holdIds: [...group.holdIds, holdId] });
  }

  /** Said of each of its parts, in the same commit: the first counts. */
  end(groupId: string, state: GroupEnd, endedAt: Instant): void {
    const group = this.known(groupId);
    if (group.standing.state !== 'open') return;
    this.journal.set(this.groups, groupId, { ...group, standing: { state, endedAt } });
    this.countLed(group.userId, -1);
    this.endings.push(endedAt, groupId);
  }

  begin = (): void => this.endings.begin();
  takeBack = (): void => this.endings.takeBack();

  forget(now: Instant): void {
    for (const groupId of this.endings.forget(now)) {
      const { request } = this.known(groupId);
      this.groups.delete(groupId);
      if (this.requests.get(request.key) === groupId) this.requests.delete(request.key);
    }
  }

  /** As a snapshot remembers them: in the order in which they were made. */
  recall(groups: readonly Group[]): void {
    for (const group of groups) this.put(group);
    const ended = groups.flatMap(({ groupId, standing }) =>
      standing.state === 'open' ? [] : [{ groupId, endedAt: standing.endedAt }],
    );
    for (const { groupId, endedAt } of ended.sort((a, b) => (a.endedAt < b.endedAt ? -1 : 1)))
      this.endings.push(endedAt, groupId);
  }

  private put(group: Group): void {
    this.journal.set(this.groups, group.groupId, group);
    this.journal.set(this.requests, group.request.key, group.groupId);
    if (group.standing.state === 'open') this.countLed(group.userId, 1);
  }

  private countLed(userId: string, change: 1 | -1): void {
    const count = this.ledBy(userId) + change;
    this.journal.set(this.led, userId, count > 0 ? count : undefined);
  }

  private known(groupId: string): Group {
    const group = this.groups.get(groupId);
    if (!group) throw new Error(`there is no group ${groupId}`);
    return group;
  }
}
