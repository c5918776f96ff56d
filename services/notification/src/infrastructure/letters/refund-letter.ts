import type { PaymentRefunded } from '@boxoffice/shared/contracts';
import { formatMoney } from '@boxoffice/shared/kernel';
import type { Letter } from '../../core/ports';
import { letterTo } from './message';
import { passage } from './passages';
import type { Wording } from './wording';

const reasons: Readonly<Record<PaymentRefunded['reason'], string>> = {
  'no-stock-left':
    'Your payment reached us after your hold had ended, and by then the last of these tickets had gone to somebody else. We are sorry: you have no tickets from this order, and you pay nothing for it.',
  'not-on-sale':
    'When your payment reached us, tickets for this event were sold no more: it has been cancelled, or is over. We are sorry: you have no tickets from this order, and you pay nothing for it.',
  'group-incomplete':
    'Not everybody in your group has paid in time, so nobody in it has tickets. Your money goes back to you.',
  'paid-twice':
    'Your order was paid for twice. We are sorry for the trouble: one payment is enough, and the other one goes back to you.',
  'buyer-asked': 'As you asked, your money goes back to you.',
  'organizer-decided': 'The organiser has decided to give you this money back.',
  'event-cancelled':
    'The event has been cancelled. We are sorry: it will not be held, your tickets are no longer valid, and your money goes back to you.',
  'event-postponed':
    'The event has been postponed. We are sorry that it is not held when you meant to come; your money goes back to you.',
  duplicate: 'You had bought the same twice. One purchase is enough, and the other one goes back to you.',
  fraud:
    'This purchase could not be accepted. It has been undone, and the money goes back to where it came from.',
  goodwill: 'The organiser would like you to have this money back.',
};

/** Your money comes back, and we are sorry. */
export function refundLetter(refund: PaymentRefunded, { locale, seller }: Wording): Letter {
  const { buyer, eventTitle, amount, reason, orderId, ticketIds = [] } = refund;
  const sum = formatMoney(amount, locale);
  return letterTo(
    buyer,
    `We are returning ${sum} for ${eventTitle}`,
    seller,
    passage(`Dear ${buyer.name},`),
    passage(reasons[reason]),
    ...(ticketIds.length === 0
      ? []
      : [passage('No longer valid:', ...ticketIds.map((ticketId) => `Ticket ${ticketId}`))]),
    passage(`${sum} are on their way back to where they came from. Banks take up to ten days to show it.`),
    passage(`Order ${orderId}`),
  );
}
