import { route, type Plain, type Route } from '@boxoffice/shared/http';
import { IsString } from 'class-validator';
import { holderOf } from './holder';
import type { MyTickets } from '../core/my-tickets';
import type { WalletPasses } from '../core/wallet-passes';

const pkpassType = 'application/vnd.apple.pkpass';

export const applePass = (query: MyTickets, passes: WalletPasses): Route =>
  route({
    method: 'GET',
    path: '/tickets/{ticketId}.pkpass',
    summary: 'One of your tickets for Apple Wallet, in its holder’s name',
    access: 'signed-in',
    answers: { status: 200, description: 'A signed pass', contentType: pkpassType },
    async handle({ params, principal }) {
      const ticket = await query.findValid(holderOf(principal), params['ticketId'] ?? '');
      const bytes = await passes.applePass(ticket, ticket.ticket.holderName ?? principal.name);
      const headers = {
        'content-type': pkpassType,
        'content-disposition': `attachment; filename="ticket-${ticket.ticket.ticketId}.pkpass"`,
        'cache-control': 'private, no-store',
      };
      return { status: 200, headers, bytes };
    },
  });

export class GoogleWalletView {
  /** Opens Google Wallet with the ticket to save: it carries the ticket's code, and is as good as that. */
  @IsString() saveUrl!: string;
}

export const googlePass = (query: MyTickets, passes: WalletPasses): Route =>
  route({
    method: 'GET',
    path: '/tickets/{ticketId}/google-wallet',
    summary: 'Where to save one of your tickets to Google Wallet, in its holder’s name',
    access: 'signed-in',
    answers: { status: 200, description: 'A link', body: GoogleWalletView },
    async handle({ params, principal }) {
      const ticket = await query.findValid(holderOf(principal), params['ticketId'] ?? '');
      const body: Plain<GoogleWalletView> = {
        saveUrl: await passes.googleSaveUrl(ticket, ticket.ticket.holderName ?? principal.name),
      };
      return { status: 200, body };
    },
  });
