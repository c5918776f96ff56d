import { Clock, Ids, type Instant, type Money } from '@boxoffice/shared/kernel';
import { inject, injectable } from 'tsyringe';
import { giftCardHash, GiftCardCodes, type GiftCard } from './gift-card';
import { Books, Records, type RepeatableRequest } from './ports';
import { giftCardUnknown, giftCardWouldBeOver } from './refusals';

export interface IssueGiftCard {
  readonly organizerId: string;
  readonly amount: Money;
  readonly expiresAt: Instant | undefined;
  readonly request: RepeatableRequest;
}

@injectable()
export class GiftCardIssuing {
  constructor(
    @inject(Books) private readonly books: Books,
    @inject(GiftCardCodes) private readonly codes: GiftCardCodes,
    @inject(Clock) private readonly clock: Clock,
    @inject(Ids) private readonly ids: Ids,
  ) {}

  /** Its code is told here and nowhere else. Who repeats the request is told the same. */
  async issue({
    request,
    ...wanted
  }: IssueGiftCard): Promise<{ readonly card: GiftCard; readonly code: string }> {
    const codeOf = await this.codes.writer();
    const card = await this.books.once(request, async (commit) => {
      const issuedAt = this.clock.now();
      if (wanted.expiresAt !== undefined && wanted.expiresAt <= issuedAt) throw giftCardWouldBeOver();
      const made: GiftCard = { giftCardId: this.ids.next(), ...wanted, balance: wanted.amount, issuedAt };
      await commit.addGiftCard(made, giftCardHash(codeOf(made.giftCardId)));
      return made;
    });
    return { card, code: codeOf(card.giftCardId) };
  }
}

/** What is left on a card, for whoever knows its code. */
@injectable()
export class GiftCardLookUp {
  constructor(@inject(Records) private readonly records: Records) {}

  async find(code: string): Promise<GiftCard> {
    const card = (await this.records.giftCards([giftCardHash(code)])).get(giftCardHash(code));
    if (!card) throw giftCardUnknown();
    return card;
  }
}
