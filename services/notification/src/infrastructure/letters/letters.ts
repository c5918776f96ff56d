import { inject, injectable } from 'tsyringe';
import type { Occasion } from '../../core/notification';
import type { Letter, Letters } from '../../core/ports';
import { refundLetter } from './refund-letter';
import { ticketsLetter } from './tickets-letter';
import { Wording } from './wording';

@injectable()
export class WrittenLetters implements Letters {
  constructor(@inject(Wording) private readonly wording: Wording) {}

  write(occasion: Occasion): Letter {
    return occasion.kind === 'tickets'
      ? ticketsLetter(occasion.order, this.wording)
      : refundLetter(occasion.refund, this.wording);
  }
}
