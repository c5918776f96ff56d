import {
  receiptFactsOf,
  ticketFactsOf,
  transferredTicketFactsOf,
  type Press,
} from '@boxoffice/shared/papers';
import { inject, injectable } from 'tsyringe';
import type { Occasion } from '../core/occasion';
import type { Enclosure, Papers } from '../core/ports';
import { Wording } from './letters/wording';

export const PrintingPress = Symbol('PrintingPress');

@injectable()
export class PdfPapers implements Papers {
  constructor(
    @inject(Wording) private readonly wording: Wording,
    @inject(PrintingPress) private readonly press: Press,
  ) {}

  async enclose(occasion: Occasion): Promise<readonly Enclosure[]> {
    const { locale, seller } = this.wording;
    switch (occasion.kind) {
      case 'tickets': {
        const { order } = occasion;
        return [
          pdf('tickets.pdf', await this.press.tickets(ticketFactsOf(order, locale))),
          pdf('receipt.pdf', await this.press.sale(receiptFactsOf(order, seller, locale))),
        ];
      }
      case 'transfer':
        return [
          pdf('ticket.pdf', await this.press.tickets(transferredTicketFactsOf(occasion.transfer, locale))),
        ];
      case 'refund':
      case 'cancellation':
      case 'offer':
        return [];
    }
  }
}

const pdf = (name: string, bytes: Uint8Array): Enclosure => ({ name, contentType: 'application/pdf', bytes });
