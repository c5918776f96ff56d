import { after, type Instant } from '@boxoffice/shared/kernel';
import { inject, injectable } from 'tsyringe';
import { chooseSeats, type AskedLine } from './choose-seats';
import { Doors } from './doors';
import type { Draft } from './draft';
import { isThereFor, ticketTypeOf, type EventOnSale } from './event-on-sale';
import { asMade, termsOf, totalOf, type Hold, type HoldTerms, type Line, type RequestMark } from './hold';
import { HoldTokens } from './hold-tokens';
import { shortAtCounter } from './offers';
import { Seals } from './ports';
import {
  eventIsCancelled,
  eventUnknown,
  buyersLimitReached,
  holdTooLarge,
  idempotencyKeyReused,
  quantityAboveMaximum,
  quantityBelowMinimum,
  salesClosed,
  salesNotOpen,
  soldOut,
  ticketTypeUnknown,
  tooManyHolds,
} from './refusals';

/** So that the tickets of an order fit one document. */
export const mostTicketsAHold = 1000;
export const mostLines = 20;

export interface HoldRequest {
  readonly eventId: string;
  readonly userId: string;
  /** Each ticket type once. */
  readonly lines: readonly AskedLine[];
  /** For ticket types that are hidden from who doesn't know it. */
  readonly accessCode?: string | undefined;
  readonly mark: RequestMark;
}

export interface SalesRules {
  /** Holds of one event that a buyer may have at the same time. */
  readonly liveHoldsPerBuyer: number;
}
export const SalesRules = Symbol('SalesRules');

/** What was agreed, and the token that an order is placed with. */
export interface SealedHold {
  readonly hold: HoldTerms;
  readonly token: string;
}

/** A basket is held whole or not at all. The same request again gets the same hold and the same token. */
@injectable()
export class HoldTickets {
  constructor(
    @inject(Doors) private readonly doors: Doors,
    @inject(Seals) private readonly seals: Seals,
    @inject(HoldTokens) private readonly tokens: HoldTokens,
    @inject(SalesRules) private readonly rules: SalesRules,
  ) {}

  async hold(request: HoldRequest): Promise<SealedHold> {
    const seal = await this.seals.holdSeal(); // who can make no tokens makes no holds
    const hold = await this.doors.ask(request.eventId, (draft) => decideHold(draft, request, this.rules));
    return { hold: termsOf(hold), token: await this.tokens.of(hold, seal) };
  }
}

export function decideHold(draft: Draft, request: HoldRequest, rules: SalesRules): Hold {
  const earlier = draft.madeUnder(request.mark.key);
  if (earlier && earlier.request.fingerprint !== request.mark.fingerprint) throw idempotencyKeyReused();
  if (earlier) return asMade(earlier);

  const { userId, lines, accessCode, mark } = request;
  const { event, now } = draft;
  if (!event) throw eventUnknown();
  if (event.cancelledAt !== undefined) throw eventIsCancelled();
  for (const line of lines) checkOnSale(event, line, accessCode, now);
  if (totalOf(lines) > mostTicketsAHold) throw holdTooLarge(mostTicketsAHold);
  if (draft.liveHoldsOf(userId) >= rules.liveHoldsPerBuyer) throw tooManyHolds(rules.liveHoldsPerBuyer);
  for (const line of lines) checkBuyersLimit(event, line, draft.takenBy(userId, line.ticketTypeId));
  const short = shortAtCounter(draft, lines);
  if (short.length > 0) throw soldOut(short);
  return draft.setAside(userId, chooseSeats(draft, lines), after(now, { minutes: event.holdMinutes }), mark);
}

/** What holds for who takes it, now or when their turn comes. */
export function checkOnSale(
  event: EventOnSale,
  { ticketTypeId, quantity }: Line,
  accessCode: string | undefined,
  now: Instant,
): void {
  const type = ticketTypeOf(event, ticketTypeId);
  if (!type || !isThereFor(type, accessCode)) throw ticketTypeUnknown(ticketTypeId);
  if (now < type.salesFrom) throw salesNotOpen(ticketTypeId, type.salesFrom);
  if (now >= type.salesUntil) throw salesClosed(ticketTypeId, type.salesUntil);
  if (quantity < type.minPerOrder) throw quantityBelowMinimum(ticketTypeId, type.minPerOrder);
  if (quantity > type.maxPerOrder) throw quantityAboveMaximum(ticketTypeId, type.maxPerOrder);
}

/** `taken`: what they hold and have bought of it. */
export function checkBuyersLimit(event: EventOnSale, { ticketTypeId, quantity }: Line, taken: number): void {
  const most = ticketTypeOf(event, ticketTypeId)?.maxPerBuyer ?? Infinity;
  if (taken + quantity > most) throw buyersLimitReached(ticketTypeId, most, taken);
}
