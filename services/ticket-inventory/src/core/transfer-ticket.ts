import type { Instant } from '@boxoffice/shared/kernel';
import { inject, injectable } from 'tsyringe';
import { Doors } from './doors';
import type { Draft } from './draft';
import type { RequestMark } from './hold';
import { eventOf } from './places';
import { Wallets, type OwnedTicket } from './ports';
import {
  eventIsCancelled,
  eventIsOver,
  idempotencyKeyReused,
  ticketIsUsed,
  ticketIsVoid,
  ticketUnknown,
  tooManyTransfers,
} from './refusals';
import { ownersOf, type Holder } from './my-tickets';

/** The code has one byte for it. */
export const mostIssues = 255;

export interface TransferRequest {
  readonly ticketId: string;
  readonly holder: Holder;
  readonly to: { readonly name: string; readonly email: string };
  readonly mark: RequestMark;
}

/** Passes a ticket on: the new holder gets a code of their own, and the old one admits nobody any more. */
@injectable()
export class TransferTicket {
  constructor(
    @inject(Doors) private readonly doors: Doors,
    @inject(Wallets) private readonly wallets: Wallets,
  ) {}

  async transfer(request: TransferRequest): Promise<{ readonly issue: number; readonly at: Instant }> {
    const eventId = eventOf(request.ticketId);
    if (eventId === undefined) throw ticketUnknown();
    const owned = await this.wallets.find(ownersOf(request.holder), request.ticketId);
    return this.doors.ask(eventId, (draft) => decideTransfer(draft, request, owned));
  }
}

/** `owned`: as the holder's wallet has it, which may lag behind. */
export function decideTransfer(
  draft: Draft,
  { ticketId, holder, to, mark }: TransferRequest,
  owned: OwnedTicket | undefined,
): { readonly issue: number; readonly at: Instant } {
  const before = draft.tickets.mark(ticketId);
  if (before?.request?.key === mark.key) {
    if (before.request.fingerprint !== mark.fingerprint) throw idempotencyKeyReused();
    return { issue: before.issue, at: draft.now };
  }
  const issue = draft.tickets.issueOf(ticketId);
  if (owned?.issue !== issue || owned.state === 'transferred') throw ticketUnknown();
  if (draft.tickets.isVoid(ticketId)) throw ticketIsVoid();
  if (draft.admissions.accountOf(ticketId).admitted) throw ticketIsUsed();
  const { event, now } = draft;
  if (event?.cancelledAt !== undefined) throw eventIsCancelled();
  if (event === undefined || event.endsAt <= now) throw eventIsOver();
  if (issue >= mostIssues) throw tooManyTransfers(mostIssues - 1);
  const { eventId, orderId, ticketTypeId, owner, seat } = owned;
  const { userId, name } = holder;
  draft.transfer(mark, {
    kind: 'transfer',
    ticketId,
    ticketTypeId,
    orderId,
    eventId,
    issue: issue + 1,
    ...(seat === undefined ? {} : { seat }),
    from: { userId, name, owner },
    to,
    at: now,
  });
  return { issue: issue + 1, at: now };
}
