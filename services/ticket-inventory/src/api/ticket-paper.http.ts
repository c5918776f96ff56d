import { LanguageQuery, languagesWanted, route, type Route } from '@boxoffice/shared/http';
import { localeOf, type Press } from '@boxoffice/shared/papers';
import type { MyTickets } from '../core/my-tickets';
import { holderOf } from './holder';
import { eventView } from './ticket.view';

export const printTicket = (mine: MyTickets, press: Press): Route =>
  route<object, LanguageQuery>({
    method: 'GET',
    path: '/tickets/{ticketId}.pdf',
    summary: 'One of your tickets to print, in your name',
    access: 'signed-in',
    query: LanguageQuery,
    answers: { status: 200, description: 'A page with the QR code', contentType: 'application/pdf' },
    async handle({ params, principal, query: { lang }, headers: asked }) {
      const { ticket, event, ticketTypeName } = await mine.findValid(
        holderOf(principal),
        params['ticketId'] ?? '',
      );
      const { ticketId, seat, code, issuedAt, holderName } = ticket;
      const tickets = [{ ticketId, ticketTypeName, seat, holder: holderName ?? principal.name, code }];
      const locale = localeOf(...languagesWanted(lang, asked['accept-language']));
      const bytes = await press.tickets({ event: eventView(event), tickets, issuedAt, locale });
      const headers = {
        'content-type': 'application/pdf',
        'content-disposition': `attachment; filename="ticket-${ticketId}.pdf"`,
        'cache-control': 'private, no-store',
      };
      return { status: 200, headers, bytes };
    },
  });
