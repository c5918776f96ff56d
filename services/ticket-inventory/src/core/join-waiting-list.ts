import { accessCodeHash } from '@boxoffice/shared/tokens';
import { inject, injectable } from 'tsyringe';
import { Doors } from './doors';
import type { Draft } from './draft';
import type { RequestMark } from './hold';
import { checkBuyersLimit, checkOnSale } from './hold-tickets';
import type { Holder } from './my-tickets';
import { availableAtCounter } from './offers';
import {
  alreadyWaiting,
  eventIsCancelled,
  eventUnknown,
  idempotencyKeyReused,
  notSoldOut,
  waitingListClosed,
} from './refusals';
import { isLive, type Entry } from './waiting-entry';
import { offersAreOver } from './waiting-rules';

export interface WaitingRequest {
  readonly eventId: string;
  readonly holder: Holder;
  readonly ticketTypeId: string;
  readonly quantity: number;
  /** For a ticket type that is hidden from who doesn't know it. */
  readonly accessCode?: string | undefined;
  readonly mark: RequestMark;
}

/** Who comes too late for what is sold out is told of it when something becomes free. The same request again joins once. */
@injectable()
export class JoinWaitingList {
  constructor(@inject(Doors) private readonly doors: Doors) {}

  join(request: WaitingRequest): Promise<Entry> {
    return this.doors.ask(request.eventId, (draft) => decideJoining(draft, request));
  }
}

export function decideJoining(draft: Draft, request: WaitingRequest): Entry {
  const { holder, ticketTypeId, quantity, accessCode, mark } = request;
  const earlier = draft.waiting.madeUnder(mark.key);
  if (earlier && earlier.request.fingerprint !== mark.fingerprint) throw idempotencyKeyReused();
  if (earlier) return earlier;

  const { event, now } = draft;
  const { userId, name, email } = holder;
  const line = { ticketTypeId, quantity };
  if (!event) throw eventUnknown();
  if (event.cancelledAt !== undefined) throw eventIsCancelled();
  checkOnSale(event, line, accessCode, now);
  if (offersAreOver(event, ticketTypeId, now)) throw waitingListClosed(ticketTypeId);
  const known = draft.waiting.latestOf(userId, ticketTypeId);
  if (known && isLive(known)) throw alreadyWaiting(known.entryId);
  checkBuyersLimit(event, line, draft.takenBy(userId, ticketTypeId));
  const available = availableAtCounter(draft, ticketTypeId);
  if (available >= quantity) throw notSoldOut(ticketTypeId, available);
  const code = accessCode === undefined ? {} : { accessCode: accessCodeHash(ticketTypeId, accessCode) };
  return draft.join({ userId, ...line, ...code, request: mark }, { name, email });
}
