import type { Instant, Money } from '../kernel';
import { fact } from './fact';
import type { IssuedPaper } from './issued-paper';
import type { IssuedTicket } from './tickets-issued.v1';

/** Paid and issued: all that the confirmation e-mail, its tickets and its receipt say. */
export interface OrderFulfilled {
  readonly orderId: string;
  readonly userId: string;
  readonly buyer: { readonly name: string; readonly email: string };
  readonly event: {
    readonly eventId: string;
    readonly title: string;
    readonly startsAt: Instant;
    readonly endsAt: Instant;
    readonly timeZone: string;
    readonly venueName: string;
    readonly venueAddress: string;
  };
  readonly lines: readonly {
    readonly ticketTypeId: string;
    readonly name: string;
    readonly quantity: number;
    readonly unitPrice: Money;
    readonly lineTotal: Money;
  }[];
  readonly total: Money;
  readonly receiptNumber: string;
  /** As it was issued. Absent in what was said before receipts were kept. */
  readonly receipt?: IssuedPaper;
  readonly tickets: readonly IssuedTicket[];
  readonly fulfilledAt: Instant;
}

export const orderFulfilled = fact<OrderFulfilled>('payment-processing', 'order-fulfilled', 1, {
  orderId: '01jv0hc2k4b6d8f0g1h3j5m7n9',
  userId: '5f1d8c3a-7b2e-4d6f-8a90-1c2b3d4e5f60',
  buyer: { name: 'Ada Example', email: 'ada@example.org' },
  event: {
    eventId: '01jv0h5c9n3yq8t6w2b4d7f1ga',
    title: 'Winterreise by candlelight',
    startsAt: '2027-02-12T18:30:00.000Z' as Instant,
    endsAt: '2027-02-12T20:15:00.000Z' as Instant,
    timeZone: 'Europe/Vienna',
    venueName: 'Konzerthaus, Schubert-Saal',
    venueAddress: 'Lothringerstraße 20, 1030 Wien, AT',
  },
  lines: [
    {
      ticketTypeId: '01jv0h5c9n8m1s4k7p0r3v6x9z',
      name: 'Stalls',
      quantity: 2,
      unitPrice: { amountMinor: 4800, currency: 'EUR' },
      lineTotal: { amountMinor: 9600, currency: 'EUR' },
    },
  ],
  total: { amountMinor: 9600, currency: 'EUR' },
  receiptNumber: '01jv0hc2k4b6d8f0g1h3j5m7n9',
  tickets: [
    {
      ticketId: '01jv0h5c9n3yq8t6w2b4d7f1ga-8q2s4v-1',
      ticketTypeId: '01jv0h5c9n8m1s4k7p0r3v6x9z',
      code: 'BX1.dC03UW0y.AZ0H…',
    },
  ],
  fulfilledAt: '2027-01-05T10:21:45.000Z' as Instant,
});
