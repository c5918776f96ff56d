import type { PassFacts } from './pass-facts';

/** Whose passes they are. */
export interface AppleIssuer {
  /** As it stands in the pass certificate: `pass.org.example.tickets`. */
  readonly passTypeId: string;
  /** Ten characters, likewise. */
  readonly teamId: string;
  /** As people know them. */
  readonly seller: string;
}

/**
 * `pass.json` of an event ticket (developer.apple.com/documentation/walletpasses: Pass, PassFields, SemanticTags). A pass with the same
 * type and serial number takes the place of the one before it, so a ticket is in a wallet once.
 */
export function applePass(facts: PassFacts, { passTypeId, teamId, seller }: AppleIssuer): object {
  const { ticketId, eventId, code, title, startsAt, endsAt, venueName, seat } = facts;
  return {
    formatVersion: 1,
    passTypeIdentifier: passTypeId,
    teamIdentifier: teamId,
    serialNumber: ticketId,
    groupingIdentifier: eventId,
    organizationName: seller,
    description: `Ticket: ${title}`,
    logoText: seller,
    backgroundColor: 'rgb(24, 24, 27)',
    foregroundColor: 'rgb(255, 255, 255)',
    labelColor: 'rgb(190, 190, 200)',
    // A pass handed on would be the same code twice, of which the door lets one in.
    sharingProhibited: true,
    relevantDate: startsAt,
    barcodes: [
      { format: 'PKBarcodeFormatQR', message: code, messageEncoding: 'iso-8859-1', altText: ticketId },
    ],
    eventTicket: fieldsOf(facts),
    // What calendars, maps and assistants read.
    semantics: {
      eventName: title,
      eventType: 'PKEventTypeGeneric',
      eventStartDate: startsAt,
      eventEndDate: endsAt,
      venueName,
      admissionLevel: facts.ticketTypeName,
      attendeeName: facts.holder,
      ...(seat && { seats: [{ seatSection: seat.section, seatRow: seat.row, seatNumber: seat.number }] }),
    },
  };
}

/** One header field and one primary, four at most in each of the rows below; the rest is on the back. */
function fieldsOf(facts: PassFacts): object {
  const { seat, startsAt, endsAt } = facts;
  return {
    headerFields: [moment('date', 'Date', startsAt, { dateStyle: medium, timeStyle: none })],
    primaryFields: [field('event', 'Event', facts.title)],
    secondaryFields: [
      field('venue', 'Venue', facts.venueName),
      moment('starts', 'Starts', startsAt, { dateStyle: none, timeStyle: short }),
    ],
    auxiliaryFields: [
      field('type', 'Ticket', facts.ticketTypeName),
      ...(seat
        ? [
            field('section', 'Section', seat.section),
            field('row', 'Row', seat.row),
            field('seat', 'Seat', seat.number),
          ]
        : []),
    ],
    backFields: [
      field('holder', 'Name', facts.holder),
      field('address', 'Address', facts.venueAddress),
      moment('ends', 'Ends', endsAt, { dateStyle: medium, timeStyle: short }),
      field('number', 'Ticket number', facts.ticketId),
    ],
  };
}

const field = (key: string, label: string, value: string) => ({ key, label, value });

const none = 'PKDateStyleNone';
const short = 'PKDateStyleShort';
const medium = 'PKDateStyleMedium';
/** Shown by the clocks at the venue, wherever the phone is. */
const moment = (
  key: string,
  label: string,
  value: string,
  style: { dateStyle: string; timeStyle: string },
) => ({
  ...field(key, label, value),
  ...style,
  ignoresTimeZone: true,
});
