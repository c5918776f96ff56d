import type { TicketTypeOnSale } from '@boxoffice/shared/contracts';
import { after, before, type Instant } from '@boxoffice/shared/kernel';
import type { Kept } from './counts';
import { ticketTypeOf, type EventOnSale } from './event-on-sale';
import type { Entry } from './waiting-entry';

// What is free goes to the oldest entry that it is enough for. A group would wait for ever so, as singles pass it by: so
// after a while it is senior, and what becomes free gathers until it is enough for the group.

export const waitingRules = {
  /**
   * An offer lasts as long as a hold of the event does, but half an hour at the least: it comes by e-mail, and who gets it is not
   * sitting in front of a shop.
   */
  leastOfferMinutes: 30,
  /** Who was passed over so often is senior: five parties were served meanwhile, and the sixth would be a habit. */
  mostPassedOver: 5,
  /** So is who has waited for a day: in a rush holds lapse within the hour, and what moves a list after that are refunds, few a day. */
  seniorHours: 24,
  /** For so long before sales close nothing gathers any more: what is too little for a group by then is better sold than empty. */
  lastCallHours: 6,
} as const;

/** The oldest entry of a ticket type, for which stock gathers from one time until another. */
export interface Gathering {
  readonly ticketTypeId: string;
  readonly entryId: string;
  readonly quantity: number;
  readonly from: Instant;
  readonly until: Instant;
}

/**
 * Only the oldest can be senior: whoever joined before others has waited longer, and was passed over whenever they were.
 */
export const gatheringFor = (
  { entryId, ticketTypeId, quantity, joinedAt, passedOver }: Entry,
  { salesUntil }: TicketTypeOnSale,
): Gathering => ({
  ticketTypeId,
  entryId,
  quantity,
  from:
    passedOver >= waitingRules.mostPassedOver
      ? joinedAt
      : after(joinedAt, { hours: waitingRules.seniorHours }),
  until: before(salesUntil, { hours: waitingRules.lastCallHours }),
});

export const isGathering = ({ from, until }: Gathering, now: Instant): boolean => from <= now && now < until;

/** What nobody gets but who it gathers for. */
export const keptBy = (gatherings: readonly Gathering[], now: Instant): Kept =>
  new Map(
    gatherings.flatMap((each) =>
      isGathering(each, now) ? [[each.ticketTypeId, each.quantity] as const] : [],
    ),
  );

/** An offer must be worth having: it leaves time enough to buy before sales close. */
export const lastOffer = ({ salesUntil }: TicketTypeOnSale): Instant =>
  before(salesUntil, { minutes: waitingRules.leastOfferMinutes });

/** Nobody who waits for it will be offered it any more, unless its sales go on for longer. */
export function offersAreOver(event: EventOnSale, ticketTypeId: string, now: Instant): boolean {
  const type = ticketTypeOf(event, ticketTypeId);
  return event.cancelledAt !== undefined || type === undefined || now > lastOffer(type);
}

/** The ticket type, where it may be offered now: while its sales are open, and for none that another is sold in place of. */
export function openForOffers(
  event: EventOnSale,
  ticketTypeId: string,
  now: Instant,
): TicketTypeOnSale | undefined {
  const type = ticketTypeOf(event, ticketTypeId);
  return type && type.salesFrom <= now && !offersAreOver(event, ticketTypeId, now) ? type : undefined;
}

export function offerExpiry(
  { holdMinutes }: EventOnSale,
  { salesUntil }: TicketTypeOnSale,
  now: Instant,
): Instant {
  const minutes = Math.max(holdMinutes, waitingRules.leastOfferMinutes);
  const expiresAt = after(now, { minutes });
  return expiresAt < salesUntil ? expiresAt : salesUntil;
}

/** As the ticket type is sold now, and to whom: who joined when other limits held is not offered what they can't buy. */
export const mayHave = (
  { quantity, accessCode }: Entry,
  { minPerOrder, maxPerOrder, maxPerBuyer = Infinity, accessCodes }: TicketTypeOnSale,
  taken: number,
): boolean =>
  quantity >= minPerOrder &&
  quantity <= maxPerOrder &&
  taken + quantity <= maxPerBuyer &&
  (accessCodes === undefined || (accessCode !== undefined && accessCodes.includes(accessCode)));
