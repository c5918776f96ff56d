import { after, type Instant } from '@boxoffice/shared/kernel';
import { invitationHash } from '@boxoffice/shared/tokens';
import { inject, injectable } from 'tsyringe';
import { chooseSeats } from './choose-seats';
import { Doors } from './doors';
import type { Draft } from './draft';
import { groupRules, type Group } from './group';
import { totalOf, type Hold, type Line, type RequestMark } from './hold';
import { checkBuyersLimit, checkOnSale, SalesRules } from './hold-tickets';
import { shortAtCounter } from './offers';
import { Invitations } from './ports';
import {
  eventIsCancelled,
  eventUnknown,
  groupTooLarge,
  idempotencyKeyReused,
  soldOut,
  tooManyHolds,
} from './refusals';

export interface GroupRequest {
  readonly eventId: string;
  /** Its leader. */
  readonly userId: string;
  /** In each, each ticket type once. */
  readonly parts: readonly { readonly lines: readonly Line[] }[];
  /** For ticket types that are hidden from who doesn't know it. */
  readonly accessCode?: string | undefined;
  readonly mark: RequestMark;
}

type Invite = Awaited<ReturnType<Invitations['writer']>>;

export interface BookedGroup {
  readonly group: Group;
  /** Until then all have to have paid. */
  readonly expiresAt: Instant;
  readonly parts: readonly { readonly hold: Hold; readonly invitation: string }[];
}

/** Sets stock aside for people who each pay for their own part: all of it or nothing. The same request again gets the same group. */
@injectable()
export class BookGroup {
  constructor(
    @inject(Doors) private readonly doors: Doors,
    @inject(Invitations) private readonly invitations: Invitations,
    @inject(SalesRules) private readonly rules: SalesRules,
  ) {}

  async book(request: GroupRequest): Promise<BookedGroup> {
    const invite = await this.invitations.writer();
    return this.doors.ask(request.eventId, (draft) => decideGroup(draft, request, this.rules, invite));
  }
}

export function decideGroup(
  draft: Draft,
  request: GroupRequest,
  rules: SalesRules,
  invite: Invite,
): BookedGroup {
  const { userId, parts, mark } = request;
  const earlier = draft.groups.madeUnder(mark.key);
  if (earlier && earlier.request.fingerprint !== mark.fingerprint) throw idempotencyKeyReused();
  if (earlier) return bookedAs(draft, earlier.groupId, invite);

  const lines = perType(parts.flatMap((part) => part.lines));
  checkGroup(draft, request, lines, rules);
  // Together they get the best seats, side by side if they can be; each part has the next of them.
  const seats = new Map(
    chooseSeats(draft, lines).map((line) => [line.ticketTypeId, [...(line.seats ?? [])]]),
  );
  const expiresAt = after(draft.now, { minutes: groupRules.minutes });
  const groupId = draft.group(userId, mark);
  for (const [i, part] of parts.entries()) {
    const own = part.lines.map(({ ticketTypeId, quantity }): Line => {
      const next = seats.get(ticketTypeId)?.splice(0, quantity) ?? [];
      return { ticketTypeId, quantity, ...(next.length === 0 ? {} : { seats: next }) };
    });
    const invitation = invitationHash(invite(groupId, i + 1));
    draft.setAside(groupId, own, expiresAt, mark, { part: { groupId, number: i + 1, invitation } });
  }
  return bookedAs(draft, groupId, invite);
}

function checkGroup(
  draft: Draft,
  { userId, parts, accessCode }: GroupRequest,
  lines: readonly Line[],
  rules: SalesRules,
): void {
  const { event, now } = draft;
  if (!event) throw eventUnknown();
  if (event.cancelledAt !== undefined) throw eventIsCancelled();
  for (const line of parts.flatMap((part) => part.lines)) {
    checkOnSale(event, line, accessCode, now);
    checkBuyersLimit(event, line, 0);
  }
  if (totalOf(lines) > groupRules.tickets) throw groupTooLarge(groupRules.tickets);
  if (draft.liveHoldsOf(userId) >= rules.liveHoldsPerBuyer) throw tooManyHolds(rules.liveHoldsPerBuyer);
  const short = shortAtCounter(draft, lines);
  if (short.length > 0) throw soldOut(short);
}

const perType = (lines: readonly Line[]): readonly Line[] =>
  [...Map.groupBy(lines, (line) => line.ticketTypeId)].map(([ticketTypeId, own]) => ({
    ticketTypeId,
    quantity: totalOf(own),
  }));

function bookedAs(draft: Draft, groupId: string, invite: Invite): BookedGroup {
  const group = draft.groups.group(groupId);
  if (!group) throw new Error(`${groupId} was made a moment ago`);
  const holds = draft.partsOf(group);
  const [first] = holds;
  if (!first) throw new Error(`${groupId} has no parts`);
  const parts = holds.map((hold, i) => ({ hold, invitation: invite(groupId, i + 1) }));
  return { group, expiresAt: first.expiresAt, parts };
}
