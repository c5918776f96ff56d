import { receiptFactsOf, ticketFactsOf, type Press } from '@boxoffice/shared/papers';
import { inject, injectable } from 'tsyringe';
import type { Occasion } from '../core/notification';
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
    if (occasion.kind !== 'tickets') return [];
    const { order } = occasion;
    const { locale, seller } = this.wording;
    const contentType = 'application/pdf';
    return [
      { name: 'tickets.pdf', contentType, bytes: await this.press.tickets(ticketFactsOf(order, locale)) },
      {
        name: 'receipt.pdf',
        contentType,
        bytes: await this.press.receipt(receiptFactsOf(order, seller, locale)),
      },
    ];
  }
}
