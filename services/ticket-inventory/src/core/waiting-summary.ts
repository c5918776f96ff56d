import { inject, injectable } from 'tsyringe';
import { Doors } from './doors';
import type { Draft } from './draft';
import { eventUnknown } from './refusals';
import type { Entry } from './waiting-entry';
import { offersAreOver } from './waiting-rules';

export interface Crowd {
  readonly entries: number;
  readonly tickets: number;
}

export interface TicketTypeCrowd {
  readonly ticketTypeId: string;
  readonly name: string;
  readonly waiting: Crowd;
  readonly offered: Crowd;
}

/** How many wait for what, for the organiser of the event alone. */
@injectable()
export class WaitingSummary {
  constructor(@inject(Doors) private readonly doors: Doors) {}

  of(eventId: string, organizerId: string): Promise<readonly TicketTypeCrowd[]> {
    return this.doors.ask(eventId, (draft) => crowdsOf(draft, organizerId));
  }
}

function crowdsOf({ event, waiting, now }: Draft, organizerId: string): readonly TicketTypeCrowd[] {
  if (event?.organizerId !== organizerId) throw eventUnknown();
  const entries = [...waiting.all()];
  return event.ticketTypes.map(({ ticketTypeId, name }) => {
    const own = entries.filter((entry) => entry.ticketTypeId === ticketTypeId);
    const hopeful = offersAreOver(event, ticketTypeId, now) ? [] : inState(own, 'waiting');
    return { ticketTypeId, name, waiting: crowdOf(hopeful), offered: crowdOf(inState(own, 'offered')) };
  });
}

const inState = (entries: readonly Entry[], state: 'waiting' | 'offered'): readonly Entry[] =>
  entries.filter((entry) => entry.standing.state === state);

const crowdOf = (entries: readonly Entry[]): Crowd => ({
  entries: entries.length,
  tickets: entries.reduce((sum, { quantity }) => sum + quantity, 0),
});
