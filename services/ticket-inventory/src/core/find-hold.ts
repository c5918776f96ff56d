import { inject, injectable } from 'tsyringe';
import { Doors } from './doors';
import type { Draft } from './draft';
import type { Hold } from './hold';
import { eventOf } from './places';
import { holdUnknown } from './refusals';

@injectable()
export class FindHold {
  constructor(@inject(Doors) private readonly doors: Doors) {}

  /** As it is now: what is past its expiry has expired. Ended holds are known for a day. */
  async find(holdId: string, userId: string): Promise<Hold> {
    const eventId = eventOf(holdId);
    if (eventId === undefined) throw holdUnknown();
    return this.doors.ask(eventId, (draft) => ownHold(draft, holdId, userId));
  }
}

/** Somebody else's is as unknown as none. */
export function ownHold(draft: Draft, holdId: string, userId: string): Hold {
  const hold = draft.hold(holdId);
  if (hold?.userId !== userId) throw holdUnknown();
  return hold;
}
