import { waitingListOffered, type Envelope } from '@boxoffice/shared/contracts';
import { inject, injectable } from 'tsyringe';
import { placeAndTime, ticketTypeOf, type EventOnSale } from './event-on-sale';
import { StockRecords, type Offer } from './ports';

const readAtOnce = 50;

/** Tells who waited that something is held for them. Says the same each time it is asked. */
@injectable()
export class MakeOffersKnown {
  constructor(@inject(StockRecords) private readonly records: StockRecords) {}

  async announcementsOf(offers: readonly Offer[]): Promise<readonly Envelope[]> {
    const announced: Envelope[] = [];
    for (const [eventId, own] of Map.groupBy(offers, (offer) => offer.eventId)) {
      const event = await this.records.event(eventId);
      if (!event) throw new Error(`no record of event ${eventId}, though people wait for it`);
      for (let i = 0; i < own.length; i += readAtOnce) {
        const some = own.slice(i, i + readAtOnce).map((offer) => this.announced(offer, event));
        announced.push(...(await Promise.all(some)).flat());
      }
    }
    return announced;
  }

  /** Nothing to who is forgotten, or has no address that is known to be theirs: they see it when they look. */
  private async announced(offer: Offer, event: EventOnSale): Promise<readonly Envelope[]> {
    const { entryId, holdId, userId, ticketTypeId, quantity, expiresAt, offeredAt } = offer;
    const to = (await this.records.waiter(offer.eventId, entryId))?.to;
    if (to === undefined || to.email === '') return [];
    const ticketTypeName = ticketTypeOf(event, ticketTypeId)?.name ?? '';
    const what = { entryId, holdId, userId, to, ticketTypeName, quantity, event: placeAndTime(event) };
    const data = { ...what, expiresAt, offeredAt };
    return [waitingListOffered.announce(`waiting-list-offered.${holdId}`, holdId, offeredAt, data)];
  }
}
