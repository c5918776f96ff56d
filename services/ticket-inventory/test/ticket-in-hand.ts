import { instant } from '@boxoffice/shared/kernel';
import type { TicketInHand } from '../src/core/my-tickets';
import type { OwnedTicket } from '../src/core/ports';
import { concert, eventId, noon, orderId, stalls } from './season';

/** With a code as long as they are. */
export const adasTicket = (changes: Partial<OwnedTicket> = {}): OwnedTicket => ({
  ticketId: `${eventId}-010000001000-1`,
  ticketTypeId: stalls,
  code: `BX1.dC03UW0y.${'aZ09_-'.repeat(24)}`,
  owner: { userId: 'user-Ada' },
  issue: 1,
  state: 'valid',
  orderId: orderId(1),
  eventId,
  issuedAt: noon,
  ...changes,
});

export const inHand = (changes: Partial<OwnedTicket> = {}): TicketInHand => ({
  ticket: adasTicket(changes),
  event: concert({
    version: 7,
    startsAt: instant('2027-07-12T17:30:00Z'),
    endsAt: instant('2027-07-12T19:15:00Z'),
  }),
  ticketTypeName: 'Stalls',
});
