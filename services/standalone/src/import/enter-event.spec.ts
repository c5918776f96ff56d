import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { compose } from '@boxoffice/event-management/main';
import { after } from '@boxoffice/shared/kernel';
import { simulatedWorld } from '@boxoffice/shared/platform/simulated';
import { openDesk } from '../desk';
import { enterEvent, NotEntered, type CallApi, type EventToEnter } from './enter-event';

describe('entering an event', () => {
  const world = simulatedWorld({ seed: 1 });
  const platform = world.process('import', false);
  const service = compose(platform, { calendarDomain: 'import.example' });
  const desk = openDesk(platform, [service], { userId: 'organizer', name: 'O', email: 'o@example.org' });
  const enter = (call: CallApi, event: EventToEnter) => world.schedule.until(enterEvent(call, event));
  beforeAll(() => world.schedule.until(platform.migrate(service)));
  afterAll(() => world.close());

  const recital = (title: string): EventToEnter => ({
    title,
    ...{ summary: '', description: '', category: 'Classical', currency: 'EUR' },
    venue: {
      ...{ name: 'Saal', street: 'Uferweg 7', postalCode: '1060', city: 'Wien' },
      ...{ country: 'AT', timeZone: 'Europe/Vienna' },
    },
    startsAt: after(platform.clock.now(), { days: 5 }),
    endsAt: after(platform.clock.now(), { days: 5, minutes: 90 }),
    pools: [{ name: 'Everyone', capacity: 20 }],
    ticketTypes: [
      { name: 'Seat', priceMinor: 4200, capacity: 1, pool: 'Everyone' },
      { name: 'Standing', priceMinor: 1200, capacity: 15, pool: 'Everyone', accessCodes: ['STAND-UP'] },
    ],
    seats: {
      map: { name: 'Rows', sections: [{ name: 'Parkett', rows: [{ name: 'A', first: 1, last: 12 }] }] },
      sold: [{ section: 'Parkett', ticketType: 'Seat' }],
    },
  });

  it('is finished wherever it was cut short, and gives the same event', async () => {
    for (let dies = 1, finished = false; !finished; dies++) {
      const event = recital(`Cut short at call ${dies}`);
      let calls = 0;
      const cutShort: CallApi = async (call) => {
        const answer = await desk(call);
        if (++calls === dies) throw new Error('the process dies here');
        return answer;
      };
      finished = await enter(cutShort, event).then(
        () => true,
        () => false,
      );
      const { eventId, published } = await enter(desk, event);
      expect(published).toBe(true);
      const path = `/events/${eventId}`;
      const { body } = await world.schedule.until(desk({ as: 'organizer', method: 'GET', path }));
      expect(body).toMatchObject({ seated: true, ticketTypes: [{ capacity: 12 }, { capacity: 15 }] });
      expect(await enter(desk, event)).toEqual({ eventId, published });
    }
    const own = { as: 'organizer', method: 'GET', path: '/events/organizer?limit=100' } as const;
    const titles = ((await world.schedule.until(desk(own))).body['items'] as { title: string }[]).map(
      ({ title }) => title,
    );
    expect(titles.length).toBeGreaterThan(8);
    expect(new Set(titles).size).toBe(titles.length);
  });

  it('tells why the API would not have its seats', async () => {
    const event = recital('Seats that are not there');
    const seats = { ...event.seats!, sold: [{ section: 'Loge', ticketType: 'Seat' }] };
    const refused = await enter(desk, { ...event, seats }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(NotEntered);
    expect((refused as NotEntered).reasons).toEqual([
      'sections[0].section: the map has no section of this name',
      'it is kept as a draft',
    ]);
  });
});
