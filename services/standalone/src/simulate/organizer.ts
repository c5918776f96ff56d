import type { EventPublished } from '@boxoffice/shared/contracts';
import { after, fromMilliseconds, money } from '@boxoffice/shared/kernel';
import type { Random } from '@boxoffice/shared/platform/simulated';
import { Client, type Stage } from './client';
import { drawDiscounts } from './discount';
import type { DiscountSeen, GiftCardSeen } from './evidence';
import { drawOffer, type Offer } from './offer';
import type { Season } from './season';

const service = 'event-management';

/** Sets one small event up and publishes it, unless no answer comes whatever they try. */
export async function organize(stage: Stage, random: Random, number: number, season: Season): Promise<void> {
  const organizer = new Organizer(stage, random, number, season);
  const eventId = await organizer.announce(drawOffer(random));
  if (eventId === undefined) return;
  stage.evidence.published.add(eventId);
  if (season.giftCards) await organizer.issueGiftCards();
}

class Organizer {
  private readonly client: Client;
  private readonly currency: string;

  constructor(
    private readonly stage: Stage,
    private readonly random: Random,
    private readonly number: number,
    private readonly season: Season,
  ) {
    this.client = new Client(`organizer-${number}`, 'organizer', stage, random);
    this.currency = random.stream('currency').pick(['EUR', 'JPY', 'KWD']);
  }

  /** Undefined: it was given up. */
  async announce(offer: Offer): Promise<string | undefined> {
    const { stage, random, number } = this;
    const admin = new Client(`admin-${number}`, 'admin', stage, random);
    const category = await this.add<{ categoryId: string }>(
      '/categories',
      { name: `Concerts ${number}` },
      admin,
    );
    const venue = await this.add<{ venueId: string }>('/venues', {
      name: 'Konzerthaus',
      street: 'Lothringerstraße 20',
      city: 'Wien',
      country: 'AT',
      timeZone: 'Europe/Vienna',
    });
    if (!category || !venue) return undefined;
    const now = fromMilliseconds(stage.world.schedule.now);
    const event = await this.add<{ eventId: string }>('/events', {
      title: `Winterreise, evening ${number}`,
      categoryId: category.categoryId,
      venueId: venue.venueId,
      startsAt: after(now, { days: 30 }),
      endsAt: after(now, { days: 30, hours: 2 }),
      holdMinutes: random.pick([1, 5, 15, 15, 60]),
      currency: this.currency,
    });
    if (!event || !(await this.define(event.eventId, venue.venueId, offer))) return undefined;
    if (this.season.discounts && !(await this.discount(event.eventId))) return undefined;
    const published = await this.client.insist<EventPublished>(
      { service, method: 'POST', path: `/events/${event.eventId}/publish` },
      random.chance(0.3),
    );
    return published?.status === 200 ? event.eventId : undefined;
  }

  /** What the event sells. False: given up. */
  private async define(eventId: string, venueId: string, offer: Offer): Promise<boolean> {
    const { poolCapacity: capacity, sections } = offer;
    const pool =
      capacity === undefined
        ? {}
        : await this.add<{ poolId: string }>(`/events/${eventId}/pools`, { name: 'The hall', capacity });
    if (!pool) return false;
    const seated: { section: string; ticketTypeId: string }[] = [];
    for (const { sharesThePool, section, ...details } of offer.ticketTypes) {
      const body = { ...details, ...(sharesThePool && 'poolId' in pool ? { poolId: pool.poolId } : {}) };
      const made = await this.add<{ ticketTypeId: string }>(`/events/${eventId}/ticket-types`, body);
      if (!made) return false;
      if (section !== undefined) seated.push({ section, ticketTypeId: made.ticketTypeId });
    }
    if (seated.length === 0) return true;
    const map = await this.add<{ seatMapId: string }>(`/venues/${venueId}/seat-maps`, {
      name: 'Hall',
      sections,
    });
    const seating = map && { seatMapId: map.seatMapId, sections: seated };
    return seating !== undefined && this.put(`/events/${eventId}/seating`, eventId, seating);
  }

  /** What is taken off, and a fee that is put on. False: given up. */
  private async discount(eventId: string): Promise<boolean> {
    const random = this.random.stream('discounts');
    for (const discount of drawDiscounts(random)) {
      const made = await this.add<DiscountSeen>(`/events/${eventId}/discounts`, discount);
      if (!made) return false;
      this.stage.evidence.discounts.set(made.discountId, made);
    }
    if (!random.chance(0.5)) return true;
    const fees = [{ name: 'Booking', per: random.pick(['ticket', 'order']), fixedMinor: 150 }];
    return this.put(`/events/${eventId}/terms`, eventId, { fees });
  }

  async issueGiftCards(): Promise<void> {
    const random = this.random.stream('gift cards');
    for (let left = random.between([1, 2]); left > 0; left--) {
      const body = { amountMinor: random.between([1, 6_000]), currency: this.currency };
      const path = '/gift-cards';
      const answer = await this.client.insist<GiftCardSeen>(
        { service: 'payment-processing', method: 'POST', path, body, key: this.client.newKey() },
        random.chance(0.3),
      );
      if (answer && answer.status > 299) this.refused(this.client, path, answer.body);
      else if (answer) {
        const { giftCardId, organizerId, code } = answer.body;
        const amount = money(body.amountMinor, body.currency);
        this.stage.evidence.giftCards.set(giftCardId, { giftCardId, organizerId, code, amount });
      }
    }
  }

  /** An answer that never came may have been a yes: then the next attempt finds the event changed, and looks again. */
  private async put(path: string, eventId: string, body: object): Promise<boolean> {
    for (let attempt = 1; attempt <= 10; attempt++) {
      const seen = await this.client.insist({ service, method: 'GET', path: `/events/${eventId}` });
      if (seen?.etag === undefined) return false;
      const answer = await this.client.insist(
        { service, method: 'PUT', path, body, ifMatch: seen.etag },
        this.random.chance(0.2),
      );
      if (answer?.status === 200) return true;
      if (answer && answer.status !== 412) this.refused(this.client, path, answer.body);
    }
    return false;
  }

  /** Undefined: no answer came, however often it was tried. */
  private async add<Made extends object>(
    path: string,
    body: object,
    client = this.client,
  ): Promise<Made | undefined> {
    const answer = await client.insist<Made>(
      { service, method: 'POST', path, body, key: client.newKey() },
      this.random.chance(0.2),
    );
    if (answer && answer.status > 299) this.refused(client, path, answer.body);
    return answer?.body;
  }

  private refused(client: Client, what: string, why: object): void {
    this.stage.evidence.violated(`${client.who} was refused ${what}: ${JSON.stringify(why)}`);
  }
}
