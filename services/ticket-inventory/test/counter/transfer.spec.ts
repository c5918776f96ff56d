import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  eventCancelled,
  eventPublished,
  paymentCaptured,
  paymentRefunded,
  ticketTransferred,
  verifyStockReport,
} from '@boxoffice/shared/contracts';
import { verifyTicketCode } from '@boxoffice/shared/tokens';
import { Counter } from './counter';
import { capture, concert, eventId, orderId, stalls } from '../season';

let counter: Counter;
let tickets: string[];

const ben = { to: { name: 'Ben Example', email: 'BEN@example.org' } };
const transfer = (who: string, ticketId: string, key: string, body: object = ben) =>
  counter.call(who, 'POST', `/tickets/${ticketId}/transfer`, body, { 'idempotency-key': key });
const walletOf = async (who: string) => {
  const { json } = await counter.call(who, 'GET', '/tickets');
  return (json['items'] as { ticketId: string; state: string; code?: string }[]).map(
    ({ ticketId, state, code }) => ({ ticketId, state, code }),
  );
};
const announced = () =>
  counter.said.filter((e) => ticketTransferred.is(e)).map((e) => ticketTransferred.read(e));

const refund = (ticketIds: readonly string[], refundId = orderId(50)) => ({
  ...paymentRefunded.sample,
  orderId: orderId(1),
  eventId,
  refundId,
  ticketIds,
});

beforeEach(async () => {
  counter = await Counter.open();
  await counter.hear(eventPublished, concert());
  const lines = [{ ticketTypeId: stalls, quantity: 2 }];
  const { json } = await counter.hold('Ada', 'k', { eventId, lines });
  await counter.hear(paymentCaptured, capture(1, String(json['holdId']), 'user-Ada', lines));
  await counter.lookAtChanges();
  tickets = (await walletOf('Ada')).map(({ ticketId }) => ticketId);
});
afterEach(() => counter.close());

describe('a ticket that is passed on', () => {
  it('is its new holder’s, with a code of its own; the one who gave it away sees that it is gone', async () => {
    const [one = '', two = ''] = tickets;
    const old = (await walletOf('Ada'))[0]?.code;
    expect(await transfer('Ada', one, 't')).toMatchObject({
      status: 200,
      json: { ticketId: one, to: { name: 'Ben Example' } },
    });
    await counter.lookAtChanges();
    expect(await walletOf('Ada')).toMatchObject([
      { ticketId: one, state: 'transferred', code: undefined },
      { ticketId: two, state: 'valid' },
    ]);
    const [own] = await walletOf('Ben');
    expect(own).toMatchObject({ ticketId: one, state: 'valid' });
    expect(own?.code).not.toBe(old);
    const verdict = verifyTicketCode(own?.code ?? '', (id) => counter.keys().get(id));
    expect(verdict).toMatchObject({ valid: true, ticket: { ticketId: one, issue: 2 } });
    expect(announced()).toMatchObject([
      { ticketId: one, issue: 2, code: own?.code, from: { userId: 'user-Ada', name: 'Ada' } },
    ]);
  });

  it('stays so when its whole history is told again', async () => {
    const [one = ''] = tickets;
    await transfer('Ada', one, 't');
    await counter.lookAtChanges();
    const before = [await walletOf('Ada'), await walletOf('Ben')];
    counter.forgetWhatWasSeen();
    await counter.lookAtChanges();
    expect([await walletOf('Ada'), await walletOf('Ben')]).toEqual(before);
    expect(new Set(counter.said.filter((e) => ticketTransferred.is(e)).map((e) => e.id)).size).toBe(1);
  });

  it('may be passed on again, back too; each time by whoever holds it and nobody else', async () => {
    const [one = ''] = tickets;
    await transfer('Ada', one, 't1');
    // Before the feed has told the wallets, the old holder's still has it.
    expect(await transfer('Ada', one, 't2')).toMatchObject({ status: 404, json: { code: 'ticket-unknown' } });
    await counter.lookAtChanges();
    expect(await transfer('Cem', one, 't3')).toMatchObject({ status: 404 });
    const back = { to: { name: 'Ada', email: 'ada@example.org' } };
    expect((await transfer('Ben', one, 't4', back)).status).toBe(200);
    await counter.lookAtChanges();
    expect((await walletOf('Ada'))[0]).toMatchObject({ ticketId: one, state: 'valid' });
    expect(await walletOf('Ben')).toMatchObject([{ ticketId: one, state: 'transferred' }]);
    expect(announced().map(({ issue }) => issue)).toEqual([2, 3]);
  });

  it('is passed on once, however often it is asked for under one key', async () => {
    const [one = ''] = tickets;
    const replies = await Promise.all([transfer('Ada', one, 't'), transfer('Ada', one, 't')]);
    await counter.lookAtChanges();
    replies.push(await transfer('Ada', one, 't'));
    for (const reply of replies) expect([reply.status, reply.json]).toEqual([200, replies[0].json]);
    const other = await transfer('Ada', one, 't', { to: { name: 'Cem', email: 'cem@example.org' } });
    expect(other).toMatchObject({ status: 422, json: { code: 'idempotency-key-reused' } });
    expect(announced()).toHaveLength(1);
  });

  it('leads to one new holder, when two are named at the same time', async () => {
    const [one = ''] = tickets;
    const cem = { to: { name: 'Cem', email: 'cem@example.org' } };
    const replies = await Promise.all([transfer('Ada', one, 'a'), transfer('Ada', one, 'b', cem)]);
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 404]);
    await counter.lookAtChanges();
    expect((await walletOf('Ben')).length + (await walletOf('Cem')).length).toBe(1);
  });

  it('is not, once the event is over or cancelled', async () => {
    const [one = ''] = tickets;
    const version = 2;
    await counter.hear(eventCancelled, { ...eventCancelled.sample, eventId, version });
    expect(await transfer('Ada', one, 't')).toMatchObject({ status: 409, json: { code: 'event-cancelled' } });
  });

  it('is printed in its holder’s name, and for nobody else', async () => {
    const [one = ''] = tickets;
    await transfer('Ada', one, 't');
    await counter.lookAtChanges();
    expect((await counter.call('Ben', 'GET', `/tickets/${one}.pdf`)).status).toBe(200);
    expect(await counter.call('Ada', 'GET', `/tickets/${one}.pdf`)).toMatchObject({
      status: 409,
      headers: { 'content-type': 'application/problem+json' },
    });
  });
});

describe('a ticket that is given back', () => {
  it('is void, and for sale again, once, however often it is said', async () => {
    const [one = '', two = ''] = tickets;
    expect(await counter.left()).toMatchObject([
      [0, 2, 8],
      [0, 0, 4],
    ]);
    for (let i = 0; i < 3; i++) await counter.hear(paymentRefunded, refund([one]));
    expect(await counter.left()).toMatchObject([
      [0, 1, 9],
      [0, 0, 4],
    ]);
    await counter.lookAtChanges();
    expect(await walletOf('Ada')).toMatchObject([
      { ticketId: one, state: 'void' },
      { ticketId: two, state: 'valid' },
    ]);
    expect(await transfer('Ada', one, 't')).toMatchObject({ status: 409, json: { code: 'ticket-void' } });
    await counter.hear(paymentRefunded, refund([one, two], orderId(51)));
    expect(await counter.left()).toMatchObject([
      [0, 0, 10],
      [0, 0, 4],
    ]);
  });

  it('is void for whoever it was passed on to', async () => {
    const [one = ''] = tickets;
    await transfer('Ada', one, 't');
    await counter.hear(paymentRefunded, refund([one]));
    await counter.lookAtChanges();
    expect(await walletOf('Ben')).toMatchObject([{ ticketId: one, state: 'void' }]);
  });

  it('must be of the event that the refund is for', async () => {
    const foreign = `${orderId(9)}-000000000000-1`;
    await expect(counter.hear(paymentRefunded, refund([foreign]))).rejects.toThrow('not all of this event');
  });

  it('waits for its order, if the refund is heard of first', async () => {
    const early = { ...refund([tickets[0] ?? '']), orderId: orderId(7) };
    await expect(counter.hear(paymentRefunded, early)).rejects.toThrow('has no tickets to give back');
  });
});

describe('the stock report', () => {
  const report = (who: string) => counter.call(who, 'GET', `/events/${eventId}/stock-report`);

  it('tells its organiser every change, and adds up', async () => {
    await counter.hear(paymentRefunded, refund([tickets[0] ?? '']));
    const { status, headers, body } = await report('Olga');
    expect([status, headers['content-type']]).toEqual([200, 'application/x-ndjson']);
    const text = Buffer.from(body ?? '').toString();
    const { faults, totals } = verifyStockReport(text);
    expect(faults).toEqual([]);
    expect(totals[0]).toEqual({ ticketTypeId: stalls, held: 0, sold: 1 });
    for (const move of ['capacity', 'held', 'confirmed', 'returned']) expect(text).toContain(`["${move}"`);
    expect(text).not.toMatch(/user-|Ada/);
  });

  it('is nobody else’s', async () => {
    expect((await report('Ada')).status).toBe(403);
    const foreign = await counter.call('Otto', 'GET', `/events/${eventId}/stock-report`);
    expect(foreign).toMatchObject({ status: 404, json: { code: 'event-unknown' } });
  });
});
