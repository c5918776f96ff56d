import type { Instant } from '@boxoffice/shared/kernel';
import { inject, injectable } from 'tsyringe';
import { Doors } from './doors';
import type { Group, GroupState } from './group';
import type { Hold, Line } from './hold';
import { eventOf } from './places';
import { groupUnknown } from './refusals';

export interface GroupAsSeen {
  readonly groupId: string;
  readonly state: GroupState;
  readonly expiresAt: Instant;
  readonly parts: readonly PartAsSeen[];
}

export interface PartAsSeen {
  readonly part: number;
  readonly lines: readonly Line[];
  readonly state: 'free' | 'claimed' | 'paid';
  /** Where it is their own. */
  readonly holdId?: string;
}

/** How far a group is, for its leader and for whoever has claimed a part of it. */
@injectable()
export class FindGroup {
  constructor(@inject(Doors) private readonly doors: Doors) {}

  async find(groupId: string, userId: string): Promise<GroupAsSeen> {
    const eventId = eventOf(groupId);
    if (eventId === undefined) throw groupUnknown();
    return this.doors.ask(eventId, (draft) => {
      const group = draft.groups.group(groupId);
      const holds = group ? draft.partsOf(group) : [];
      const isIn = group?.userId === userId || holds.some((hold) => hold.userId === userId);
      if (!group || !isIn) throw groupUnknown();
      return seenBy(userId, group, holds);
    });
  }
}

export function seenBy(userId: string, group: Group, holds: readonly Hold[]): GroupAsSeen {
  const { groupId, standing } = group;
  const parts = holds.map((hold, i): PartAsSeen => {
    const state = hold.paid ? 'paid' : hold.userId === groupId ? 'free' : 'claimed';
    const own = hold.userId === userId ? { holdId: hold.holdId } : {};
    return { part: i + 1, lines: hold.lines, state, ...own };
  });
  const [first] = holds;
  if (!first) throw new Error(`${groupId} has no parts`);
  return { groupId, state: standing.state, expiresAt: first.expiresAt, parts };
}
