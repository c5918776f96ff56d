import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventPublished, holdRefused, paymentCaptured, ticketsIssued } from '@boxoffice/shared/contracts';
import { verifyHoldToken } from '@boxoffice/shared/tokens';
import { capture, concert, eventId, orderId, stalls } from '../season';
import { Counter } from './counter';

interface Booked {
  readonly groupId: string;
  readonly expiresAt: string;
  readonly parts: readonly { readonly part: number; readonly invitation: string }[];
}

const two = [{ ticketTypeId: stalls, quantity: 2 }];
const body = { eventId, parts: [{ lines: two }, { lines: two }] };
let counter: Counter;

const bookReply = (who: string, key = 'k', sent: object = body) =>
  counter.call(who, 'POST', '/group-bookings', sent, { 'idempotency-key': key });
const book = async (): Promise<Booked> => (await bookReply('Ada')).json as unknown as Booked;
const claim = (
  who: string,
  { groupId, parts }: Booked,
  part: number,
  invitation = parts[part - 1]?.invitation,
) => counter.call(who, 'POST', `/group-bookings/${groupId}/parts/${part}/claim`, { invitation });
const look = (who: string, { groupId }: Booked) => counter.call(who, 'GET', `/group-bookings/${groupId}`);
const pay = (number: number, who: string, holdId: unknown) =>
  counter.hear(paymentCaptured, capture(number, String(holdId), `user-${who}`, two));
const told = () =>
  counter.said.filter((e) => ticketsIssued.is(e) || holdRefused.is(e)).map(({ data }) => data);

beforeEach(async () => {
  counter = await Counter.open();
  await counter.hear(eventPublished, concert());
});
afterEach(() => counter.close());

describe('a group that books together', () => {
  it('gets its tickets when all have paid, each who did their own, and none before', async () => {
    const reply = await bookReply('Ada');
    expect(reply).toMatchObject({ status: 201, json: { eventId, expiresAt: '2027-01-05T14:00:00.000Z' } });
    const booked = reply.json as unknown as Booked;
    expect(reply.headers['location']).toBe(`/api/v1/group-bookings/${booked.groupId}`);
    const bens = (await claim('Ben', booked, 1)).json;
    const cems = (await claim('Cem', booked, 2)).json;
    await counter.lookAtChanges();
    const verdict = verifyHoldToken(
      String(bens['token']),
      (id) => counter.keys().get(id),
      counter.clock.now(),
    );
    expect(verdict).toMatchObject({
      valid: true,
      claims: { holdId: bens['holdId'], userId: 'user-Ben', lines: two, expiresAt: booked.expiresAt },
    });
    for (let i = 0; i < 3; i++) await pay(1, 'Ben', bens['holdId']);
    await counter.lookAtChanges();
    expect(told()).toEqual([]);
    expect((await look('Ada', booked)).json).toMatchObject({
      state: 'open',
      parts: [
        { part: 1, state: 'paid' },
        { part: 2, state: 'claimed' },
      ],
    });
    await counter.start();
    await pay(2, 'Cem', cems['holdId']);
    await counter.lookAtChanges();
    expect(told()).toMatchObject([
      { orderId: orderId(1), userId: 'user-Ben', tickets: [{}, {}] },
      { orderId: orderId(2), userId: 'user-Cem', tickets: [{}, {}] },
    ]);
    expect((await look('Cem', booked)).json).toMatchObject({ state: 'complete' });
    expect((await counter.call('Ben', 'GET', '/tickets')).json['items']).toHaveLength(2);
    expect(await counter.left()).toMatchObject([
      [0, 4, 6],
      [0, 0, 4],
    ]);
  });

  it('gets nothing when its time is up, by the sweep alone: who has paid is refused', async () => {
    const booked = await book();
    await pay(1, 'Ben', (await claim('Ben', booked, 1)).json['holdId']);
    await counter.lookAtChanges();
    counter.clock.pass(122);
    for (const timer of counter.service.timers) await timer.run();
    await counter.lookAtChanges();
    expect(told()).toMatchObject([{ orderId: orderId(1), reason: 'group-incomplete' }]);
    expect((await look('Ben', booked)).json).toMatchObject({ state: 'expired' });
    expect(await counter.left()).toMatchObject([
      [0, 0, 10],
      [0, 0, 4],
    ]);
    // Whoever asks again is told again, in the same words.
    await pay(1, 'Ben', 'x');
    expect(new Set(counter.said.filter((e) => holdRefused.is(e)).map(({ id }) => id)).size).toBe(1);
  });

  it('is given up by its leader and nobody else, and then refunds who has paid', async () => {
    const booked = await book();
    const url = `/group-bookings/${booked.groupId}`;
    await pay(1, 'Ben', (await claim('Ben', booked, 1)).json['holdId']);
    expect(await counter.call('Ben', 'DELETE', url)).toMatchObject({
      status: 404,
      json: { code: 'group-unknown' },
    });
    for (let i = 0; i < 2; i++)
      expect(await counter.call('Ada', 'DELETE', url)).toMatchObject({
        status: 200,
        json: { state: 'released' },
      });
    await counter.lookAtChanges();
    expect(told()).toMatchObject([{ orderId: orderId(1), reason: 'group-incomplete' }]);
  });

  it('is told the same invitations when it asks again, after a restart too, and no store has them', async () => {
    const reply = await bookReply('Ada');
    await counter.start();
    expect(await bookReply('Ada')).toEqual(reply);
    expect(
      await bookReply('Ada', 'k', { ...body, parts: body.parts.slice(0, 2).concat(body.parts) }),
    ).toMatchObject({
      status: 422,
      json: { code: 'idempotency-key-reused' },
    });
    const kept = JSON.stringify(await counter.service.feeds[0]!.container.list(eventId, { limit: 1000 }));
    expect(kept).toContain('user-Ada');
    for (const { invitation } of (reply.json as unknown as Booked).parts) {
      expect(invitation).toMatch(/^[\w-]{22}$/);
      expect(kept).not.toContain(invitation);
    }
  });

  it('shows itself to its leader and its claimants, and to nobody else', async () => {
    const booked = await book();
    expect(await look('Ben', booked)).toMatchObject({ status: 404, json: { code: 'group-unknown' } });
    const { holdId } = (await claim('Ben', booked, 2)).json;
    const seen = (await look('Ben', booked)).json['parts'] as object[];
    expect(seen).toMatchObject([{ state: 'free' }, { state: 'claimed', holdId }]);
    expect((await look('Ada', booked)).json['parts']).not.toMatchObject([{}, { holdId }]);
    expect(JSON.stringify(seen)).not.toMatch(/user-|invitation/);
    for (const id of ['x', `${eventId}-000000000000`, String(holdId)])
      expect(await counter.call('Ben', 'GET', `/group-bookings/${id}`)).toMatchObject({ status: 404 });
  });
});

describe('an invitation', () => {
  it('is good for its own part, for whoever shows it first', async () => {
    const booked = await book();
    const wrong = booked.parts[0]!.invitation;
    for (const reply of [
      claim('Ben', booked, 2, wrong),
      claim('Ben', booked, 3, wrong),
      claim('Ben', { ...booked, groupId: stalls }, 1),
      counter.call('Ben', 'POST', `/group-bookings/${booked.groupId}/parts/01/claim`, { invitation: wrong }),
    ])
      expect(await reply).toMatchObject({ status: 404, json: { code: 'invitation-unknown' } });
    const first = await claim('Ben', booked, 1);
    expect(first.status).toBe(200);
    expect(await claim('Ben', booked, 1)).toEqual(first);
    expect(await claim('Cem', booked, 1)).toMatchObject({ status: 409, json: { code: 'part-claimed' } });
    const both = await Promise.all([claim('Ben', booked, 2), claim('Cem', booked, 2)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  it('leads to a hold that neither ends nor lasts by itself', async () => {
    const id = String((await claim('Ben', await book(), 1)).json['holdId']);
    for (const reply of [
      counter.call('Ben', 'DELETE', `/holds/${id}`),
      counter.call('Ben', 'POST', `/holds/${id}/extend`, {}, { 'idempotency-key': 'e' }),
    ])
      expect(await reply).toMatchObject({ status: 409, json: { code: 'hold-of-group' } });
    expect(await counter.call('Ben', 'GET', `/holds/${id}`)).toMatchObject({ json: { status: 'held' } });
  });
});

it('what is no group is refused with every fault', async () => {
  const { status, json } = await bookReply('Ada', 'k', {
    eventId: 'x',
    parts: [
      {
        lines: [
          { ticketTypeId: stalls, quantity: 0 },
          { ticketTypeId: stalls, quantity: 101, seats: [] },
        ],
      },
    ],
  });
  const fields = (json['errors'] as { field: string }[]).map(({ field }) => field);
  expect(status).toBe(400);
  expect(new Set(fields)).toEqual(
    new Set([
      'eventId',
      'parts',
      'parts[0].lines',
      'parts[0].lines[0].quantity',
      'parts[0].lines[1].quantity',
      'parts[0].lines[1].seats',
    ]),
  );
});
