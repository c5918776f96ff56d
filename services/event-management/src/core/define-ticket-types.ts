import { Ids } from '@boxoffice/shared/kernel';
import { inject, injectable } from 'tsyringe';
import { draftOf } from './draft-of';
import { changed, type Event } from './event';
import { Programme, type RepeatableRequest } from './ports';
import {
  refuseFaults,
  ticketTypeInUse,
  ticketTypeNotFound,
  ticketTypeSeated,
  ticketTypesFull,
  type Reason,
} from './refusals';
import { isSeated } from './seating';
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
      refuseFaults(faultsOf(details, draft.ticketTypes, draft.pools));
      const ticketType = this.withIds(this.ids.next(), details);
      const event = changed(draft, { ticketTypes: [...draft.ticketTypes, ticketType] });
      await commit.save(event);
      return { event, ticketType };
    });
  }

  async rewrite(change: TicketTypeChange, details: TicketTypeDetails): Promise<TicketTypeOfEvent> {
    const { eventId, organizerId, ticketTypeId, seenVersion } = change;
    return this.programme.change(async (commit) => {
      const draft = await draftOf(commit, eventId, organizerId, seenVersion);
      const before = draft.ticketTypes.find((one) => one.ticketTypeId === ticketTypeId);
      if (!before) throw ticketTypeNotFound();
      const others = draft.ticketTypes.filter((other) => other !== before);
      const faults = faultsOf(details, others, draft.pools, ticketTypeId);
      refuseFaults(
        isSeated(draft.seating, ticketTypeId) ? [...faults, ...seatFaults(details, before)] : faults,
      );
      const ticketType = this.withIds(ticketTypeId, details);
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
      if (isSeated(draft.seating, ticketTypeId)) throw ticketTypeSeated();
      if (isNamed(ticketTypeId, { ...draft, ticketTypes })) throw ticketTypeInUse();
      const event = changed(draft, { ticketTypes });
      await commit.save(event);
      return event;
    });
  }

  /** A tier of a draft gets another id each time that it is written: nobody has bought at its price yet. */
  private withIds(ticketTypeId: string, { tiers, ...details }: TicketTypeDetails): TicketType {
    return {
      ticketTypeId,
      ...details,
      ...(tiers && { tiers: tiers.map((tier) => ({ tierId: this.ids.next(), ...tier })) }),
    };
  }
}

/** Whether anything else of the event speaks of the ticket type. */
const isNamed = (ticketTypeId: string, { ticketTypes, terms, discounts }: Event): boolean =>
  [
    ...ticketTypes.map(({ addOnTo }) => addOnTo),
    ...[...(terms.questions ?? []), ...discounts].map((one) => one.ticketTypeIds),
  ].some((ids) => ids?.includes(ticketTypeId));

/** The capacity of what is sold by its seat is counted, not written. */
const seatFaults = ({ capacity }: TicketTypeDetails, before: TicketType): readonly Reason[] =>
  capacity === before.capacity
    ? []
    : [
        {
          field: 'capacity',
          code: 'seats-decide',
          message: `${before.capacity} seats are sold as this ticket type: its capacity is their number`,
        },
      ];
