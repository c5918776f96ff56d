import { inject, injectable } from 'tsyringe';
import { Doors } from './doors';
import type { Draft } from './draft';
import { ownHold } from './find-hold';
import type { Hold } from './hold';
import { eventOf } from './places';
import { holdConfirmed, holdOfGroup, holdUnknown } from './refusals';

@injectable()
export class ReleaseHold {
  constructor(@inject(Doors) private readonly doors: Doors) {}

  async release(holdId: string, userId: string): Promise<Hold> {
    const eventId = eventOf(holdId);
    if (eventId === undefined) throw holdUnknown();
    return this.doors.ask(eventId, (draft) => decideRelease(draft, holdId, userId));
  }
}

/** What has ended unsold already stays as it ended: nothing is set aside any more, which is what was asked for. */
export function decideRelease(draft: Draft, holdId: string, userId: string): Hold {
  const hold = ownHold(draft, holdId, userId);
  switch (hold.status) {
    case 'held':
      if (hold.part) throw holdOfGroup();
      return draft.endUnsold(hold, 'released');
    case 'confirmed':
      throw holdConfirmed();
    case 'released':
    case 'expired':
      return hold;
  }
}
