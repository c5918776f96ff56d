import { route, type Plain, type Route } from '@boxoffice/shared/http';
import { IsString } from 'class-validator';
import type { BlockTickets } from '../core/block-tickets';

export class BlockedTicketView {
  @IsString() ticketId!: string;
}

export const blockTicket = (useCase: BlockTickets): Route =>
  route({
    method: 'POST',
    path: '/events/{eventId}/blocked-tickets/{ticketId}',
    summary: 'Have a ticket of an event of yours let nobody in, until you unblock it',
    access: 'organizer',
    answers: { status: 200, description: 'It is blocked', body: BlockedTicketView },
    async handle({ params: { eventId = '', ticketId = '' }, principal }) {
      await useCase.block({ eventId, ticketId, organizerId: principal.userId });
      return { status: 200, body: { ticketId } satisfies Plain<BlockedTicketView> };
    },
  });

export const unblockTicket = (useCase: BlockTickets): Route =>
  route({
    method: 'DELETE',
    path: '/events/{eventId}/blocked-tickets/{ticketId}',
    summary: 'Let a ticket in again that you had blocked',
    access: 'organizer',
    answers: { status: 204, description: 'It is not blocked' },
    async handle({ params: { eventId = '', ticketId = '' }, principal }) {
      await useCase.unblock({ eventId, ticketId, organizerId: principal.userId });
      return { status: 204 };
    },
  });
