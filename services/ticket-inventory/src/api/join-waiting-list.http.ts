import { IsId, IsPlainText, route, type Route } from '@boxoffice/shared/http';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { mostTicketsAHold } from '../core/hold-tickets';
import type { JoinWaitingList } from '../core/join-waiting-list';
import { markOf } from './hold-tickets.http';
import { holderOf } from './holder';
import { entryView, WaitingEntryView } from './waiting-list.view';

export class JoinWaitingListRequest {
  @IsId() ticketTypeId!: string;
  @IsInt() @Min(1) @Max(mostTicketsAHold) quantity!: number;
  /** For a ticket type that is hidden from who doesn't know it. */
  @IsOptional() @IsPlainText(60) accessCode?: string;
}

export const joinWaitingList = (useCase: JoinWaitingList): Route =>
  route<JoinWaitingListRequest>({
    method: 'POST',
    path: '/events/{eventId}/waiting-list',
    summary: 'Wait for tickets that are sold out: what becomes free is held for you, and you hear of it',
    access: 'signed-in',
    body: JoinWaitingListRequest,
    idempotencyKey: 'required',
    answers: { status: 201, description: 'Your entry', body: WaitingEntryView },
    async handle({ params, principal, body, idempotency }) {
      const { ticketTypeId, quantity, accessCode } = body;
      const entry = await useCase.join({
        eventId: params['eventId'] ?? '',
        holder: holderOf(principal),
        ticketTypeId,
        quantity,
        accessCode,
        mark: markOf(idempotency),
      });
      // As it was when it was made: the same request gets the same answer.
      return { status: 201, body: entryView(entry, 'waiting') };
    },
  });
