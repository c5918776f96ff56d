import type { EventPublished } from '@boxoffice/shared/contracts';
import { after, fromMilliseconds } from '@boxoffice/shared/kernel';
import type { Random } from '@boxoffice/shared/platform/simulated';
import { Client, type Stage } from './client';
import { drawOffer, type Offer } from './offer';

const service = 'event-management';

/** Sets one small event up and publishes it, unless no answer comes whatever they try. */
export async function organize(stage: Stage, random: Random, number: number): Promise<void> {
  const organizer = new Organizer(stage, random, number);
  const eventId = await organizer.announce(drawOffer(random));
  if (eventId !== undefined) stage.evidence.published.add(eventId);
}

class Organizer {
  private readonly client: Client;

  constructor(
    private readonly stage: Stage,
    private readonly random: Random,
    private readonly number: number,
  ) {
    this.client = new Client(`organizer-${number}`, 'organizer', stage, random);
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
      currency: random.pick(['EUR', 'JPY', 'KWD']),
    });
    if (!event || !(await this.define(event.eventId, venue.venueId, offer))) return undefined;
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
    return map !== undefined && this.assign(eventId, { seatMapId: map.seatMapId, sections: seated });
  }

  /** An answer that never came may have been a yes: then the next attempt finds the event changed, and looks again. */
  private async assign(eventId: string, seating: object): Promise<boolean> {
    for (let attempt = 1; attempt <= 10; attempt++) {
      const seen = await this.client.insist({ service, method: 'GET', path: `/events/${eventId}` });
      if (seen?.etag === undefined) return false;
      const answer = await this.client.insist(
        { service, method: 'PUT', path: `/events/${eventId}/seating`, body: seating, ifMatch: seen.etag },
        this.random.chance(0.2),
      );
      if (answer?.status === 200) return true;
      if (answer && answer.status !== 412) this.refused(this.client, 'its seating', answer.body);
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
