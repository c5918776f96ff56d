import { Ids } from '@boxoffice/shared/kernel';
import { inject, injectable } from 'tsyringe';
import { draftOf } from './draft-of';
import { changed, type Event } from './event';
import { Programme, type RepeatableRequest } from './ports';
import { notPossible, ticketTypeNotFound, ticketTypesFull } from './refusals';
import { faultsOf, mostTicketTypes, type TicketType, type TicketTypeDetails } from './ticket-type';

/** One ticket type, and the event as it is with it. */
export interface TicketTypeOfEvent {
  readonly event: Event;
  readonly ticketType: TicketType;
}

/** Which change, of whose event, decided on which version. */
export interface TicketTypeChange {
  readonly eventId: string;
  readonly ticketTypeId: string;
  readonly organizerId: string;
  readonly seenVersion: string;
}

/** What is sold for a draft. */
@injectable()
export class TicketTypes {
  constructor(
    @inject(Programme) private readonly programme: Programme,
    @inject(Ids) private readonly ids: Ids,
  ) {}

  async add(
    eventId: string,
    organizerId: string,
    details: TicketTypeDetails,
    request: RepeatableRequest,
  ): Promise<TicketTypeOfEvent> {
    return this.programme.once(request, async (commit) => {
      const draft = await draftOf(commit, eventId, organizerId);
      if (draft.ticketTypes.length >= mostTicketTypes) throw ticketTypesFull(mostTicketTypes);
      check(details, draft.ticketTypes);
      const ticketType = { ticketTypeId: this.ids.next(), ...details };
      const event = changed(draft, { ticketTypes: [...draft.ticketTypes, ticketType] });
      await commit.save(event);
      return { event, ticketType };
    });
  }

  async rewrite(change: TicketTypeChange, details: TicketTypeDetails): Promise<TicketTypeOfEvent> {
    const { eventId, organizerId, ticketTypeId, seenVersion } = change;
    return this.programme.change(async (commit) => {
      const draft = await draftOf(commit, eventId, organizerId, seenVersion);
      const others = draft.ticketTypes.filter((other) => other.ticketTypeId !== ticketTypeId);
      if (others.length === draft.ticketTypes.length) throw ticketTypeNotFound();
      check(details, others);
      const ticketType = { ticketTypeId, ...details };
      const ticketTypes = draft.ticketTypes.map((one) =>
        one.ticketTypeId === ticketTypeId ? ticketType : one,
      );
      const event = changed(draft, { ticketTypes });
      await commit.save(event);
      return { event, ticketType };
    });
  }

  async remove({ eventId, organizerId, ticketTypeId, seenVersion }: TicketTypeChange): Promise<Event> {
    return this.programme.change(async (commit) => {
      const draft = await draftOf(commit, eventId, organizerId, seenVersion);
      const ticketTypes = draft.ticketTypes.filter((one) => one.ticketTypeId !== ticketTypeId);
      if (ticketTypes.length === draft.ticketTypes.length) throw ticketTypeNotFound();
      const event = changed(draft, { ticketTypes });
      await commit.save(event);
      return event;
    });
  }
}

function check(details: TicketTypeDetails, others: readonly TicketType[]): void {
  const faults = faultsOf(details, others);
  if (faults.length > 0) throw notPossible(faults);
}
