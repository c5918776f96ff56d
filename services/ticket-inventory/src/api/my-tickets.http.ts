import { decodeCursor, page, PageQuery, route, type Route } from '@boxoffice/shared/http';
import { holderOf } from './holder';
import type { MyTickets } from '../core/my-tickets';
import { TicketsView, TicketView, ticketView } from './ticket.view';

export const listTickets = (query: MyTickets): Route =>
  route<object, PageQuery>({
    method: 'GET',
    path: '/tickets',
    summary: 'Your tickets, by event',
    access: 'signed-in',
    query: PageQuery,
    answers: { status: 200, description: 'A page of tickets', body: TicketsView },
    async handle({ principal, query: { limit, cursor } }) {
      const [after] = decodeCursor(cursor, '') ?? [];
      const found = await query.list(holderOf(principal), { after, limit: limit + 1 });
      return { status: 200, body: page(found.map(ticketView), limit, (last) => [last.ticketId]) };
    },
  });

export const findTicket = (query: MyTickets): Route =>
  route({
    method: 'GET',
    path: '/tickets/{ticketId}',
    summary: 'One of your tickets',
    access: 'signed-in',
    answers: { status: 200, description: 'The ticket', body: TicketView },
    async handle({ params, principal }) {
      return {
        status: 200,
        body: ticketView(await query.find(holderOf(principal), params['ticketId'] ?? '')),
      };
    },
  });
