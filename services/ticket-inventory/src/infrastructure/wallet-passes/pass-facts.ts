import { offsetTime } from '@boxoffice/shared/kernel';
import type { TicketInHand } from '../../core/my-tickets';

/** What a pass says, in whichever wallet. */
export interface PassFacts {
  readonly ticketId: string;
  readonly eventId: string;
  /** Of the event as it is known now. */
  readonly eventVersion: number;
  /** What the QR code carries: ASCII. */
  readonly code: string;
  readonly title: string;
  /** By the clocks at the venue, with their offset: `2027-02-12T19:30:00+01:00`. */
  readonly startsAt: string;
  readonly endsAt: string;
  readonly venueName: string;
  readonly venueAddress: string;
  readonly ticketTypeName: string;
  /** Who goes in. */
  readonly holder: string;
  readonly seat?: { readonly section: string; readonly row: string; readonly number: string };
}

export function passFactsOf({ ticket, event, ticketTypeName }: TicketInHand, holder: string): PassFacts {
  const { ticketId, eventId, code, seat } = ticket;
  const { version, title, startsAt, endsAt, timeZone, venueName, venueAddress } = event;
  const [section = '', row = '', number = ''] = seat?.split('/') ?? [];
  return {
    ...{ ticketId, eventId, eventVersion: version, code, title, venueName, venueAddress },
    startsAt: offsetTime(startsAt, timeZone),
    endsAt: offsetTime(endsAt, timeZone),
    ticketTypeName,
    holder,
    ...(seat === undefined ? {} : { seat: { section, row, number } }),
  };
}
