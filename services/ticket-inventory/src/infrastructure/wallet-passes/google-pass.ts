import type { PassFacts } from './pass-facts';

/** Whose passes they are. */
export interface GoogleIssuer {
  /** The number that Google has given them. */
  readonly issuerId: string;
  /** As people know them; more than 20 characters may be cut. */
  readonly seller: string;
}

/**
 * What a "Save to Google Wallet" link carries (developers.google.com/wallet/reference/rest/v1: Jwt, EventTicketClass, EventTicketObject):
 * the event as a class, the ticket as an object of it. Google keeps either as it first came, so a changed event is another class,
 * and `eventId` keeps them together.
 */
export function googlePass(facts: PassFacts, { issuerId, seller }: GoogleIssuer): object {
  const { ticketId, eventId, eventVersion, code, seat } = facts;
  const classId = `${issuerId}.${eventId}.${eventVersion}`;
  return {
    eventTicketClasses: [
      {
        id: classId,
        issuerName: seller,
        // Google approves a class of this status by itself; a draft could not be saved.
        reviewStatus: 'UNDER_REVIEW',
        eventId,
        eventName: localized(facts.title),
        venue: { name: localized(facts.venueName), address: localized(facts.venueAddress) },
        dateTime: { start: facts.startsAt, end: facts.endsAt },
      },
    ],
    eventTicketObjects: [
      {
        id: `${issuerId}.${ticketId}`,
        classId,
        state: 'ACTIVE',
        barcode: { type: 'QR_CODE', value: code },
        ticketHolderName: facts.holder,
        ticketNumber: ticketId,
        ticketType: localized(facts.ticketTypeName),
        ...(seat && {
          seatInfo: {
            section: localized(seat.section),
            row: localized(seat.row),
            seat: localized(seat.number),
          },
        }),
      },
    ],
  };
}

// In whichever language the organiser wrote it: Google shows the default where there is no other.
const localized = (value: string) => ({ defaultValue: { language: 'en', value } });
