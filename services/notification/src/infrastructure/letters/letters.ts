import { inject, injectable } from 'tsyringe';
import type { Occasion } from '../../core/occasion';
import type { Letter, Letters } from '../../core/ports';
import { cancellationLetter } from './cancellation-letter';
import { offerLetter } from './offer-letter';
import { refundLetter } from './refund-letter';
import { ticketsLetter } from './tickets-letter';
import { transferLetter } from './transfer-letter';
import { Wording } from './wording';

@injectable()
export class WrittenLetters implements Letters {
  constructor(@inject(Wording) private readonly wording: Wording) {}

  write(occasion: Occasion): Letter {
    switch (occasion.kind) {
      case 'tickets':
        return ticketsLetter(occasion.order, this.wording);
      case 'refund':
        return refundLetter(occasion.refund, this.wording);
      case 'cancellation':
        return cancellationLetter(occasion.cancelled, this.wording);
      case 'transfer':
        return transferLetter(occasion.transfer, this.wording);
      case 'offer':
        return offerLetter(occasion.offer, this.wording);
    }
  }
}
