import type { EventPublished } from '@boxoffice/shared/contracts';
import { after, fromMilliseconds } from '@boxoffice/shared/kernel';
import type { Random } from '@boxoffice/shared/platform/simulated';
import { Client, type Stage } from './client';

const service = 'event-management';

/** Sets one small event up and publishes it, unless no answer comes whatever they try. */
export async function organize(stage: Stage, random: Random, number: number): Promise<void> {
  const organizer = new Client(`organizer-${number}`, 'organizer', stage, random);
  const admin = new Client(`admin-${number}`, 'admin', stage, random);
  const post = async <Body>(client: Client, path: string, body: object): Promise<Body | undefined> => {
    const answer = await client.insist<Body>(
      { service, method: 'POST', path, body, key: client.newKey() },
      random.chance(0.2),
    );
    if (answer && answer.status > 299)
      stage.evidence.violated(`${client.who} was refused ${path}: ${JSON.stringify(answer.body)}`);
    return answer?.body;
  };
  const now = fromMilliseconds(stage.world.schedule.now);
  const category = await post<{ categoryId: string }>(admin, '/categories', { name: `Concerts ${number}` });
  const place = {
    name: 'Konzerthaus',
    street: 'Lothringerstraße 20',
    city: 'Wien',
    country: 'AT',
    timeZone: 'Europe/Vienna',
  };
  const venue = await post<{ venueId: string }>(organizer, '/venues', place);
  if (!category || !venue) return;
  const event = await post<{ eventId: string }>(organizer, '/events', {
    title: `Winterreise, evening ${number}`,
    categoryId: category.categoryId,
    venueId: venue.venueId,
    startsAt: after(now, { days: 30 }),
    endsAt: after(now, { days: 30, hours: 2 }),
    holdMinutes: random.pick([1, 5, 15, 15, 60]),
    currency: random.pick(['EUR', 'JPY', 'KWD']),
  });
  if (!event) return;
  for (let type = random.between([1, 2]); type > 0; type--) {
    const made = await post(organizer, `/events/${event.eventId}/ticket-types`, {
      name: type === 1 ? 'Stalls' : 'Gallery',
      priceMinor: random.chance(0.15) ? 0 : random.between([100, 9_900]),
      capacity: random.between([1, 10]),
      maxPerOrder: 4,
    });
    if (!made) return;
  }
  const published = await organizer.insist<EventPublished>(
    { service, method: 'POST', path: `/events/${event.eventId}/publish` },
    random.chance(0.3),
  );
  if (published?.status === 200) stage.evidence.published.add(event.eventId);
}
