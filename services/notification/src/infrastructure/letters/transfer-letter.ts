import type { TicketTransferred } from '@boxoffice/shared/contracts';
import { seatInWords } from '@boxoffice/shared/papers';
import type { Letter } from '../../core/ports';
import { letterTo } from './message';
import { eventPassage, passage } from './passages';
import type { Wording } from './wording';

/** Somebody's ticket is yours now. */
export function transferLetter(transfer: TicketTransferred, { locale, seller }: Wording): Letter {
  const { event, from, to, ticketId, ticketTypeName, seat } = transfer;
  const giver = from.name.trim() || 'Somebody';
  return letterTo(
    to,
    `${giver} has passed a ticket for ${event.title} on to you`,
    seller,
    passage(
      `Dear ${to.name}, ${giver} has passed this ticket on to you. It is attached, in your name; print it or show it on a screen.`,
    ),
    eventPassage(event, locale),
    passage(ticketTypeName, ...(seat === undefined ? [] : [seatInWords(seat)]), `Ticket ${ticketId}`),
    passage(
      'Its code is a new one: those before it let nobody in any more. It lets one person in, once. Keep it to yourself.',
    ),
  );
}
