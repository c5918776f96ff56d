import type { OrderCancelled } from '@boxoffice/shared/contracts';
import { formatMoney } from '@boxoffice/shared/kernel';
import type { Letter } from '../../core/ports';
import { letterTo } from './message';
import { passage } from './passages';
import type { Wording } from './wording';

const reasons: Readonly<
  Record<OrderCancelled['reason'], (title: string) => { heading: string; reason: string }>
> = {
  'event-cancelled': (title) => ({
    heading: `${title} is cancelled`,
    reason:
      'The event has been cancelled. We are sorry: it will not be held, and your tickets are no longer valid.',
  }),
  'no-stock-left': (title) => ({
    heading: `There are no tickets left for ${title}`,
    reason:
      'Your order reached us after your hold had ended, and by then the last of these tickets had gone to somebody else. We are sorry: you have no tickets from it.',
  }),
  'not-on-sale': (title) => ({
    heading: `Tickets for ${title} are sold no more`,
    reason:
      'When your order reached us, tickets for this event were given out no more: it has been cancelled, or is over. We are sorry: you have no tickets from it.',
  }),
  'group-incomplete': (title) => ({
    heading: `Your group has no tickets for ${title}`,
    reason: 'Not everybody in your group has ordered in time, so nobody in it has tickets.',
  }),
};

/** What you had ordered is undone, and we are sorry. Nothing goes back to a card or an account: nothing came from there. */
export function cancellationLetter(cancelled: OrderCancelled, { locale, seller }: Wording): Letter {
  const { buyer, eventTitle, reason, ticketIds, returnedToGiftCards, orderId } = cancelled;
  const { heading, reason: why } = reasons[reason](eventTitle);
  return letterTo(
    buyer,
    heading,
    seller,
    passage(`Dear ${buyer.name},`),
    passage(why),
    ...(ticketIds.length === 0
      ? []
      : [passage('No longer valid:', ...ticketIds.map((ticketId) => `Ticket ${ticketId}`))]),
    passage(
      returnedToGiftCards === undefined
        ? 'You have paid nothing for it.'
        : `${formatMoney(returnedToGiftCards, locale)} are on your gift cards again, for you to spend.`,
    ),
    passage(`Order ${orderId}`),
  );
}
