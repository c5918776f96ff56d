import type { EventAtTheGate } from '@boxoffice/shared/scanning';
import { gateRulesOf, sameAddress } from './admission-rules';
import type { Draft } from './draft';
import type { EventOnSale } from './event-on-sale';
import type { Holder } from './my-tickets';
import { eventUnknown } from './refusals';

/** The event, for its organiser. To anyone else it is unknown, as if it never was. */
export function eventToRun({ event }: Draft, organizerId: string): EventOnSale {
  if (event?.organizerId !== organizerId) throw eventUnknown();
  return event;
}

/** The event, for whoever may scan at it: its organiser, and its stewards. */
export function eventToScan({ event, rules }: Draft, { userId, email }: Holder): EventOnSale {
  const isTheirs =
    event?.organizerId === userId || (email !== '' && rules.stewards.includes(sameAddress(email)));
  if (!event || !isTheirs) throw eventUnknown();
  return event;
}

export const eventAtTheGate = (draft: Draft, event: EventOnSale): EventAtTheGate => ({
  eventId: event.eventId,
  isCancelled: event.cancelledAt !== undefined,
  rules: gateRulesOf(event, draft.rules),
  statusOf: draft.tickets.statusOf,
  presenceOf: draft.admissions.accountOf,
});
