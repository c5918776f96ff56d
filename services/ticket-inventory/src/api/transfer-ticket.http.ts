import { IsPlainText, route, type Plain, type Route } from '@boxoffice/shared/http';
import { Type } from 'class-transformer';
import { IsEmail, IsObject, IsString, ValidateNested } from 'class-validator';
import type { TransferTicket } from '../core/transfer-ticket';
import { holderOf } from './holder';
import { markOf } from './hold-tickets.http';

export class NewHolderRequest {
  @IsPlainText(120) name!: string;
  @IsEmail() email!: string;
}

export class TransferTicketRequest {
  @IsObject() @ValidateNested() @Type(() => NewHolderRequest) to!: NewHolderRequest;
}

export class TransferView {
  @IsString() ticketId!: string;
  @ValidateNested() @Type(() => NewHolderRequest) to!: NewHolderRequest;
}

export const transferTicket = (useCase: TransferTicket): Route =>
  route<TransferTicketRequest>({
    method: 'POST',
    path: '/tickets/{ticketId}/transfer',
    summary:
      'Pass a ticket on: the new holder gets a code by e-mail, and the old code admits nobody any more',
    access: 'signed-in',
    body: TransferTicketRequest,
    idempotencyKey: 'required',
    answers: { status: 200, description: 'To whom it was passed on', body: TransferView },
    async handle({ params, principal, body, idempotency }) {
      const ticketId = params['ticketId'] ?? '';
      const { name, email } = body.to;
      const to = { name, email };
      await useCase.transfer({ ticketId, holder: holderOf(principal), to, mark: markOf(idempotency) });
      return { status: 200, body: { ticketId, to } satisfies Plain<TransferView> };
    },
  });
