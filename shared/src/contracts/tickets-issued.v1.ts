import type { Instant } from '../kernel';
import { fact } from './fact';

/** The tickets of a paid order exist, each with its signed code. */
export interface TicketsIssued {
  readonly orderId: string;
  readonly eventId: string;
  readonly holdId: string;
  readonly userId: string;
  readonly tickets: readonly IssuedTicket[];
  readonly issuedAt: Instant;
}

export interface IssuedTicket {
  readonly ticketId: string;
  readonly ticketTypeId: string;
  /** What the QR code carries: the ticket, the key's id and the Ed25519 signature. */
  readonly code: string;
  /** `<section>/<row>/<number>`, where it is a numbered seat. */
  readonly seat?: string;
}

export const ticketsIssued = fact<TicketsIssued>('ticket-inventory', 'tickets-issued', 1, {
  orderId: '01jv0hc2k4b6d8f0g1h3j5m7n9',
  eventId: '01jv0h5c9n3yq8t6w2b4d7f1ga',
  holdId: '01jv0h5c9n3yq8t6w2b4d7f1ga-3k7m9p',
  userId: '5f1d8c3a-7b2e-4d6f-8a90-1c2b3d4e5f60',
  tickets: [
    {
      ticketId: '01jv0h5c9n3yq8t6w2b4d7f1ga-8q2s4v-1',
      ticketTypeId: '01jv0h5c9n8m1s4k7p0r3v6x9z',
      code: 'BX1.dC03UW0y.AZ0H…',
    },
  ],
  issuedAt: '2027-01-05T10:21:44.480Z' as Instant,
});
