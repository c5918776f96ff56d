import { inject, injectable } from 'tsyringe';
import { Doors } from './doors';
import type { Draft } from './draft';
import { eventToRun } from './gate';
import { eventOf } from './places';
import { ticketUnknown } from './refusals';
import { TicketsOnRecord } from './tickets-on-record';

export interface BlockRequest {
  readonly eventId: string;
  readonly organizerId: string;
  readonly ticketId: string;
}

/** An organiser may have a ticket let nobody in until further notice: stolen, or paid for with somebody else's card. */
@injectable()
export class BlockTickets {
  constructor(
    @inject(Doors) private readonly doors: Doors,
    @inject(TicketsOnRecord) private readonly records: TicketsOnRecord,
  ) {}

  block = (request: BlockRequest): Promise<void> => this.set(request, true);
  unblock = (request: BlockRequest): Promise<void> => this.set(request, false);

  private async set(request: BlockRequest, isBlocked: boolean): Promise<void> {
    const { eventId, ticketId } = request;
    const isThere = eventOf(ticketId) === eventId && (await this.records.find(ticketId)) !== undefined;
    return this.doors.ask(eventId, (draft) => decideBlocking(draft, request, isThere, isBlocked));
  }
}

export function decideBlocking(
  draft: Draft,
  { organizerId, ticketId }: BlockRequest,
  isThere: boolean,
  isBlocked: boolean,
): void {
  eventToRun(draft, organizerId);
  if (!isThere) throw ticketUnknown();
  const before = draft.tickets.mark(ticketId)?.isBlocked ?? false;
  if (before === isBlocked) return;
  if (isBlocked) draft.block(ticketId);
  else draft.unblock(ticketId);
}
