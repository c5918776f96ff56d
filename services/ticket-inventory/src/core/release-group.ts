import { inject, injectable } from 'tsyringe';
import { Doors } from './doors';
import type { Draft } from './draft';
import { endGroup } from './end-due';
import { seenBy, type GroupAsSeen } from './find-group';
import { eventOf } from './places';
import { groupIsComplete, groupUnknown } from './refusals';

/** Its leader gives a group up: what it held is stock again, and whoever has paid gets the money back. */
@injectable()
export class ReleaseGroup {
  constructor(@inject(Doors) private readonly doors: Doors) {}

  async release(groupId: string, userId: string): Promise<GroupAsSeen> {
    const eventId = eventOf(groupId);
    if (eventId === undefined) throw groupUnknown();
    return this.doors.ask(eventId, (draft) => decideGroupRelease(draft, groupId, userId));
  }
}

/** One that has ended otherwise stays as it ended: nothing is set aside any more, which is what was asked for. */
export function decideGroupRelease(draft: Draft, groupId: string, userId: string): GroupAsSeen {
  const group = draft.groups.group(groupId);
  if (group?.userId !== userId) throw groupUnknown();
  if (group.standing.state === 'complete') throw groupIsComplete();
  if (group.standing.state === 'open') endGroup(draft, group, 'released');
  return seenBy(userId, draft.groups.group(groupId) ?? group, draft.partsOf(group));
}
