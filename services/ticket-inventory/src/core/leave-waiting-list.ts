import { inject, injectable } from 'tsyringe';
import { Doors } from './doors';
import type { Draft } from './draft';
import { eventOf } from './places';
import { holdConfirmed, waitingEntryUnknown } from './refusals';
import type { Entry } from './waiting-entry';

@injectable()
export class LeaveWaitingList {
  constructor(@inject(Doors) private readonly doors: Doors) {}

  async leave(eventId: string, entryId: string, userId: string): Promise<Entry> {
    if (eventOf(entryId) !== eventId) throw waitingEntryUnknown();
    return this.doors.ask(eventId, (draft) => decideLeaving(draft, entryId, userId));
  }
}

/** What was offered goes to whoever waits next. Who waits no longer is told so again. */
export function decideLeaving(draft: Draft, entryId: string, userId: string): Entry {
  const entry = draft.waiting.entry(entryId);
  if (entry?.userId !== userId) throw waitingEntryUnknown();
  switch (entry.standing.state) {
    case 'waiting':
    case 'offered':
      return draft.withdraw(entry);
    case 'taken':
      throw holdConfirmed();
    case 'lapsed':
    case 'withdrawn':
      return entry;
  }
}
