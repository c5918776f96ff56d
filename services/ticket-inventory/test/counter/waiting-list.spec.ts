import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  eventCancelled,
  eventPublished,
  paymentCaptured,
  waitingListOffered,
} from '@boxoffice/shared/contracts';
import { verifyHoldToken, type HoldClaims } from '@boxoffice/shared/tokens';
import { capture, concert, eventId, stalls } from '../season';
import { Counter } from './counter';

const list = `/events/${eventId}/waiting-list`;
const two = { eventId, lines: [{ ticketTypeId: stalls, quantity: 2 }] };
const wish = { ticketTypeId: stalls, quantity: 2 };

let counter: Counter;
let held: string;

const join = (who: string, key = 'k', body: object = wish) =>
  counter.call(who, 'POST', list, body, { 'idempotency-key': key });
const release = (who: string, holdId: string) => counter.call(who, 'DELETE', `/holds/${holdId}`);

interface Place {
  readonly entryId: string;
  readonly state: string;
  readonly position?: number;
  readonly offer?: HoldClaims & { readonly token: string; readonly status: string };
}
const placesOf = async (who: string) =>
  (await counter.call(who, 'GET', list)).json['items'] as readonly Place[];
const announced = () =>
  counter.said.filter((e) => waitingListOffered.is(e)).map((e) => waitingListOffered.read(e));

beforeEach(async () => {
  counter = await Counter.open();
  await counter.hear(eventPublished, concert({ holdMinutes: 60 }, [2, 0]));
  held = String((await counter.hold('Ada', 'h', two)).json['holdId']);
});
afterEach(() => counter.close());

describe('whoever waits', () => {
  it('is told their place, and hears of an offer by its name and address; the offer is bought like any hold', async () => {
    expect(await join('Ben')).toMatchObject({ status: 201, json: { ...wish, state: 'waiting' } });
    await join('Cem');
    expect(await placesOf('Cem')).toMatchObject([{ state: 'waiting', position: 2 }]);
    await release('Ada', held);
    await counter.lookAtChanges();
    const [place] = await placesOf('Ben');
    expect(place).toMatchObject({ state: 'offered', offer: { status: 'held', lines: two.lines } });
    expect(place).not.toHaveProperty('position');
    const token = place?.offer?.token ?? '';
    const verdict = verifyHoldToken(token, (id) => counter.keys().get(id), counter.clock.now());
    expect(verdict).toMatchObject({
      valid: true,
      claims: { holdId: place?.offer?.holdId, userId: 'user-Ben' },
    });
    expect(announced()).toMatchObject([
      {
        entryId: place?.entryId,
        holdId: place?.offer?.holdId,
        to: { name: 'Ben', email: 'Ben@example.org' },
        ticketTypeName: 'Stalls',
        quantity: 2,
        event: { eventId, title: concert().title },
        expiresAt: place?.offer?.expiresAt,
      },
    ]);
    await counter.hear(paymentCaptured, capture(1, String(place?.offer?.holdId), 'user-Ben', two.lines));
    expect(await placesOf('Ben')).toMatchObject([{ state: 'taken' }]);
    expect(await placesOf('Cem')).toMatchObject([{ state: 'waiting', position: 1 }]);
  });

  it('is served when nobody paid in time, by the sweep alone, and passes on when they do not buy either', async () => {
    await join('Ben');
    await join('Cem');
    await counter.lookAtChanges();
    for (const [minutes, states] of [
      [62, ['offered', 'waiting']],
      [62, ['lapsed', 'offered']],
    ] as const) {
      counter.clock.pass(minutes);
      for (const timer of counter.service.timers) await timer.run();
      await counter.lookAtChanges();
      expect([(await placesOf('Ben'))[0]?.state, (await placesOf('Cem'))[0]?.state]).toEqual(states);
    }
    expect(announced().map(({ to }) => to.name)).toEqual(['Ben', 'Cem']);
  });

  it('hears of an offer once, though its history is told again', async () => {
    await join('Ben');
    await release('Ada', held);
    await counter.lookAtChanges();
    counter.forgetWhatWasSeen();
    await counter.lookAtChanges();
    const envelopes = counter.said.filter((e) => waitingListOffered.is(e));
    expect(new Set(envelopes.map(({ id }) => id)).size).toBe(1);
    expect(envelopes[1]).toEqual(envelopes[0]);
  });

  it('is not written to at an address that is not known to be theirs: they see it when they look', async () => {
    await join('Mal');
    await release('Ada', held);
    await counter.lookAtChanges();
    expect([announced(), (await placesOf('Mal'))[0]?.state]).toEqual([[], 'offered']);
  });

  it('is not written to once they are forgotten', async () => {
    const id = `waiting~${String((await join('Ben')).json['entryId'])}`;
    const inventory = counter.service.feeds[0]!.container;
    expect((await inventory.read(eventId, id))?.body).toMatchObject({ note: { to: { name: 'Ben' } } });
    await inventory.write(eventId, [{ kind: 'delete', id }]);
    await release('Ada', held);
    await counter.lookAtChanges();
    expect([announced(), (await placesOf('Ben'))[0]?.state]).toEqual([[], 'offered']);
  });

  it('gets the same answer to the same request, after a restart too, and joins once', async () => {
    const first = await join('Ben');
    expect(await join('Ben')).toEqual(first);
    await counter.start();
    expect(await join('Ben')).toEqual(first);
    expect(await join('Ben', 'k', { ...wish, quantity: 1 })).toMatchObject({
      status: 422,
      json: { code: 'idempotency-key-reused' },
    });
    expect(await join('Ben', 'k2')).toMatchObject({ status: 409, json: { code: 'already-waiting' } });
    await release('Ada', held);
    expect(await join('Ben')).toEqual(first);
  });

  it('may leave, whenever; nobody else can for them', async () => {
    const { entryId } = (await join('Ben')).json as { entryId: string };
    const leave = (who: string, id = entryId, of = list) => counter.call(who, 'DELETE', `${of}/${id}`);
    for (const other of [
      leave('Cem'),
      leave('Ben', 'x'),
      leave('Ben', entryId, `/events/${stalls}/waiting-list`),
    ])
      expect(await other).toMatchObject({ status: 404, json: { code: 'waiting-entry-unknown' } });
    await release('Ada', held);
    expect(await leave('Ben')).toMatchObject({ status: 200, json: { entryId, state: 'withdrawn' } });
    expect(await leave('Ben')).toMatchObject({ status: 200, json: { entryId, state: 'withdrawn' } });
    expect(await counter.left()).toMatchObject([
      [0, 0, 2],
      [0, 0, 0],
    ]);
  });

  it('is told that it was in vain, once sales are over or the event is cancelled', async () => {
    await join('Ben');
    await counter.hear(eventCancelled, { ...eventCancelled.sample, eventId, version: 2 });
    expect(await placesOf('Ben')).toMatchObject([{ state: 'lapsed' }]);
  });

  it('can have what is left for too few', async () => {
    await release('Ada', held);
    expect(await join('Ben')).toMatchObject({ status: 409, json: { code: 'not-sold-out', available: 2 } });
    expect((await join('Ben', 'k3', { ...wish, quantity: 3 })).status).toBe(201);
  });
});

describe('what gathers for who has waited long', () => {
  it('is not for sale, and availability says so, though nothing is written when its time comes', async () => {
    await counter.hear(paymentCaptured, capture(1, held, 'user-Ada', two.lines));
    await counter.hear(eventPublished, concert({ version: 2 }, [3, 0]));
    await join('Ben');
    expect((await counter.left())[0]).toEqual([0, 2, 1]);
    counter.clock.pass(24 * 60);
    expect((await counter.left())[0]).toEqual([0, 2, 0]);
    const { json } = await counter.call(undefined, 'GET', `/events/${eventId}/availability`);
    expect(json['ticketTypes']).toMatchObject([{ state: 'sold-out' }, {}]);
    const one = { eventId, lines: [{ ticketTypeId: stalls, quantity: 1 }] };
    expect(await counter.hold('Cem', 'c', one)).toMatchObject({ json: { code: 'sold-out' } });
  });
});

describe('the organiser', () => {
  it('sees how many wait for what, and nobody’s name', async () => {
    await join('Ben');
    await join('Cem', 'k', { ...wish, quantity: 5 });
    await release('Ada', held);
    const { status, json } = await counter.call('Olga', 'GET', `${list}/summary`);
    expect(status).toBe(200);
    expect((json['items'] as object[])[0]).toEqual({
      ticketTypeId: stalls,
      name: 'Stalls',
      waiting: { entries: 1, tickets: 5 },
      offered: { entries: 1, tickets: 2 },
    });
    expect(JSON.stringify(json)).not.toMatch(/user-|@|Ben|Cem/);
    expect(await counter.call('Otto', 'GET', `${list}/summary`)).toMatchObject({ status: 404 });
    expect(await counter.call('Ben', 'GET', `${list}/summary`)).toMatchObject({ status: 403 });
  });
});
