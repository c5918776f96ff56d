import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  holdRefused,
  ticketsIssued,
  eventPublished,
  paymentCaptured,
  signingKeyPublished,
  UnreadableMessage,
  type Fact,
} from '@boxoffice/shared/contracts';
import { accessCodeHash, publicKeyFrom, verifyHoldToken, verifyTicketCode } from '@boxoffice/shared/tokens';
import { basket, Counter } from './counter';
import { balcony, capture, concert, eventId, stalls } from '../season';

let counter: Counter;

beforeEach(async () => {
  counter = await Counter.open();
});
afterEach(() => counter.close());

describe('at the counter', () => {
  beforeEach(() => counter.hear(eventPublished, concert()));

  it('a basket is held, with a token that others can check, and the stock shows it', async () => {
    const reply = await counter.hold('Ada', 'k1');
    expect(reply.status).toBe(201);
    expect(reply.json).toMatchObject({
      status: 'held',
      eventId,
      lines: basket.lines,
      expiresAt: '2027-01-05T12:15:00.000Z',
    });
    expect(reply.headers['location']).toBe(`/api/v1/holds/${String(reply.json['holdId'])}`);
    await counter.lookAtChanges();
    const keys = counter.keys();
    const verdict = verifyHoldToken(
      String(reply.json['token']),
      (keyId) => keys.get(keyId),
      counter.clock.now(),
    );
    expect(verdict).toMatchObject({
      valid: true,
      claims: { holdId: reply.json['holdId'], userId: 'user-Ada', lines: basket.lines },
    });
    expect(await counter.left()).toEqual([
      [2, 0, 8],
      [1, 0, 3],
    ]);
  });

  it('the same request gets the same answer, after a restart too, and its key no other', async () => {
    const first = await counter.hold('Ada', 'k1');
    expect(await counter.hold('Ada', 'k1')).toEqual(first);
    await counter.start();
    expect(await counter.hold('Ada', 'k1')).toEqual(first);
    expect(await counter.hold('Ada', 'k1', { ...basket, lines: basket.lines.slice(1) })).toMatchObject({
      status: 422,
      json: { code: 'idempotency-key-reused' },
    });
    expect((await counter.hold('Ben', 'k1')).json['holdId']).not.toBe(first.json['holdId']);
    expect(await counter.left()).toEqual([
      [4, 0, 6],
      [2, 0, 2],
    ]);
  });

  it('what is no basket is refused with every fault, and nothing is held', async () => {
    const body = {
      eventId: 'x',
      lines: [
        { ticketTypeId: stalls, quantity: 0 },
        { ticketTypeId: stalls, quantity: 1.5, price: 1 },
      ],
      coupon: 'free',
    };
    const { status, json } = await counter.hold('Ada', 'k1', body);
    const fields = (json['errors'] as { field: string }[]).map(({ field }) => field);
    expect(status).toBe(400);
    expect(new Set(fields)).toEqual(
      new Set(['eventId', 'coupon', 'lines', 'lines[0].quantity', 'lines[1].quantity', 'lines[1].price']),
    );
    expect((await counter.hold('Ada', 'k2', { eventId, lines: [null] })).status).toBe(400);
    expect((await counter.call('Ada', 'POST', '/holds', basket)).json).toMatchObject({
      code: 'idempotency-key-required',
    });
    expect((await counter.call(undefined, 'POST', '/holds', basket, { 'idempotency-key': 'k' })).status).toBe(
      401,
    );
    expect(await counter.left()).toEqual([
      [0, 0, 10],
      [0, 0, 4],
    ]);
  });

  it.each([
    [404, 'event-unknown', { ...basket, eventId: stalls }],
    [422, 'ticket-type-unknown', { eventId, lines: [{ ticketTypeId: eventId, quantity: 1 }] }],
    [422, 'quantity-above-maximum', { eventId, lines: [{ ticketTypeId: stalls, quantity: 9 }] }],
    [409, 'sold-out', { eventId, lines: [{ ticketTypeId: balcony, quantity: 5 }] }],
  ])('answers %i %s', async (status, code, body) => {
    expect(await counter.hold('Ada', 'k1', body)).toMatchObject({ status, json: { code } });
    expect(await counter.left()).toEqual([
      [0, 0, 10],
      [0, 0, 4],
    ]);
  });

  it("a hold is its owner's to see and to release, as often as they like", async () => {
    const id = String((await counter.hold('Ada', 'k1')).json['holdId']);
    expect(await counter.call('Ada', 'GET', `/holds/${id}`)).toMatchObject({
      status: 200,
      json: { status: 'held' },
    });
    for (const [who, url] of [
      ['Ben', `/holds/${id}`],
      ['Ada', `/holds/${id.slice(0, -1)}z`],
      ['Ada', '/holds/x'],
    ] as const) {
      expect(await counter.call(who, 'GET', url)).toMatchObject({
        status: 404,
        json: { code: 'hold-unknown' },
      });
      expect((await counter.call(who, 'DELETE', url)).status).toBe(404);
    }
    const released = await counter.call('Ada', 'DELETE', `/holds/${id}`);
    expect(released).toMatchObject({ status: 200, json: { status: 'released' } });
    expect(await counter.call('Ada', 'DELETE', `/holds/${id}`)).toEqual(released);
    expect(await counter.left()).toEqual([
      [0, 0, 10],
      [0, 0, 4],
    ]);
  });

  it('a hold that nobody paid for in time is swept, by a process that never saw it', async () => {
    const id = String((await counter.hold('Ada', 'k1')).json['holdId']);
    await counter.lookAtChanges();
    await counter.start();
    counter.clock.pass(16);
    await counter.service.timers[0]?.run();
    const root = await counter.service.feeds[0]?.container.read<{ allotments: { held: number }[] }>(
      eventId,
      'stock',
    );
    expect(root?.body.allotments.map(({ held }) => held)).toEqual([0, 0]);
    expect((await counter.call('Ada', 'GET', `/holds/${id}`)).json).toMatchObject({ status: 'expired' });
    await counter.service.timers[0]?.run(); // nothing is left to do
  });

  it('availability counts a lapsed hold as available before anything has swept it, and can be cached', async () => {
    await counter.hold('Ada', 'k1');
    counter.clock.pass(15);
    expect(await counter.left()).toEqual([
      [0, 0, 10],
      [0, 0, 4],
    ]);
    const url = `/events/${eventId}/availability`;
    const { headers } = await counter.call(undefined, 'GET', url);
    expect(headers['cache-control']).toBe('public, max-age=1');
    expect(
      (await counter.call(undefined, 'GET', url, undefined, { 'if-none-match': headers['etag'] ?? '' }))
        .status,
    ).toBe(304);
    await counter.hold('Ada', 'k2');
    counter.clock.pass(1);
    expect(
      (await counter.call(undefined, 'GET', url, undefined, { 'if-none-match': headers['etag'] ?? '' }))
        .status,
    ).toBe(200);
    expect((await counter.call(undefined, 'GET', `/events/${stalls}/availability`)).status).toBe(404);
  });

  it('a paid order becomes tickets in the wallet, verifiable offline and printable', async () => {
    const { json } = await counter.hold('Ada', 'k1');
    await counter.hear(paymentCaptured, capture(1, String(json['holdId']), 'user-Ada', basket.lines));
    await counter.lookAtChanges();
    const issued = counter.said.filter((e) => ticketsIssued.is(e)).map((e) => ticketsIssued.read(e));
    expect(issued).toHaveLength(1);
    expect(await counter.left()).toEqual([
      [0, 2, 8],
      [0, 1, 3],
    ]);

    const keys = (await counter.call(undefined, 'GET', '/ticket-keys')).json['keys'] as {
      kid: string;
      x: string;
    }[];
    const published = new Map(keys.map(({ kid, x }) => [kid, publicKeyFrom(x)]));
    const first = await counter.call('Ada', 'GET', '/tickets?limit=2');
    const rest = await counter.call(
      'Ada',
      'GET',
      `/tickets?limit=2&cursor=${String(first.json['nextCursor'])}`,
    );
    const mine = [first, rest].flatMap(
      (r) => r.json['items'] as { ticketId: string; code: string; ticketTypeName: string }[],
    );
    expect(mine.map(({ ticketTypeName }) => ticketTypeName)).toEqual(['Stalls', 'Stalls', 'Balcony']);
    expect(rest.json['nextCursor']).toBeUndefined();
    for (const { ticketId, code } of mine)
      expect(verifyTicketCode(code, (keyId) => published.get(keyId))).toMatchObject({
        valid: true,
        ticket: { ticketId, eventId },
      });

    const { ticketId } = mine[0]!;
    expect((await counter.call('Ada', 'GET', `/tickets/${ticketId}`)).json).toMatchObject({
      ticketId,
      event: { title: concert().title },
    });
    const pdf = await counter.call('Ada', 'GET', `/tickets/${ticketId}.pdf`);
    expect([pdf.status, pdf.headers['content-type']]).toEqual([200, 'application/pdf']);
    expect(
      Buffer.from(pdf.body as Uint8Array)
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
    const german = await counter.call('Ada', 'GET', `/tickets/${ticketId}.pdf?lang=de`);
    expect(Buffer.from(german.body as Uint8Array).toString('latin1')).toContain('/Lang (de-DE)');
    for (const url of [`/tickets/${ticketId}`, `/tickets/${ticketId}.pdf`])
      expect((await counter.call('Ben', 'GET', url)).status).toBe(404);
    expect((await counter.call('Ben', 'GET', '/tickets')).json).toEqual({ items: [] });
  });

  it('says the outcome again when it is asked again, under the same id', async () => {
    const { json } = await counter.hold('Ada', 'k1');
    const captured = capture(1, String(json['holdId']), 'user-Ada', basket.lines);
    await counter.hear(paymentCaptured, captured);
    await counter.lookAtChanges();
    await counter.start();
    await counter.hear(paymentCaptured, captured);
    const outcomes = counter.said.filter((e) => ticketsIssued.is(e));
    expect(outcomes).toHaveLength(2);
    expect(outcomes[1]).toEqual(outcomes[0]);
    expect(await counter.left()).toEqual([
      [0, 2, 8],
      [0, 1, 3],
    ]);
  });

  it('holds again for a late payment where stock remains, and refuses where it is gone', async () => {
    const lines = [{ ticketTypeId: balcony, quantity: 3 }];
    const { json } = await counter.hold('Ada', 'k1', { eventId, lines });
    counter.clock.pass(60);
    await counter.hear(paymentCaptured, capture(1, String(json['holdId']), 'user-Ada', lines));
    await counter.hear(paymentCaptured, capture(2, String(json['holdId']), 'user-Ada', lines));
    await counter.lookAtChanges();
    expect(counter.said.filter((e) => ticketsIssued.is(e)).map((e) => e.subject)).toEqual([
      capture(1, '', '', []).orderId,
    ]);
    expect(counter.said.filter((e) => holdRefused.is(e)).map((e) => holdRefused.read(e))).toMatchObject([
      { orderId: capture(2, '', '', []).orderId, reason: 'sold-out' },
    ]);
    expect(await counter.left()).toEqual([
      [0, 0, 10],
      [0, 3, 1],
    ]);
  });
});

describe('behind the counter', () => {
  it('the keys are announced once, whatever is started again, and before anything is sold', async () => {
    await counter.start();
    await counter.lookAtChanges();
    await counter.lookAtChanges();
    expect(counter.said.map((e) => signingKeyPublished.read(e).purpose).sort()).toEqual(['hold', 'ticket']);
    expect(new Set(counter.said.map((e) => e.id)).size).toBe(2);
  });

  it.each([
    [
      'an event whose numbers would sell wrongly',
      eventPublished,
      { ...concert({}, [-1, 4]), holdMinutes: 0 },
    ],
    ['an event with ids that fit no ticket', eventPublished, concert({ eventId: `8${eventId.slice(1)}` })],
    ['a payment for nothing', paymentCaptured, capture(1, 'h', 'u', [{ ticketTypeId: stalls, quantity: 0 }])],
    [
      'a payment whose order has no id',
      paymentCaptured,
      { ...capture(1, 'h', 'u', basket.lines), orderId: 'a/b' },
    ],
  ])('takes no notice of %s: nobody could ever handle it', async (_, fact, data) => {
    await expect(counter.hear(fact as Fact<object>, data)).rejects.toThrow(UnreadableMessage);
    await counter.lookAtChanges();
    expect(counter.said.filter((e) => !signingKeyPublished.is(e))).toEqual([]);
  });

  it('keeps what is held when the capacity shrinks below it', async () => {
    await counter.hear(eventPublished, concert());
    await counter.hold('Ada', 'k1');
    await counter.hear(eventPublished, concert({ version: 2 }, [1, 4]));
    expect(await counter.left()).toEqual([
      [2, 0, 0],
      [1, 0, 3],
    ]);
  });

  it('answers its health', async () => {
    // What it waits for at the most is time that passes.
    counter.clock.sleep = () => new Promise((resolve) => setTimeout(resolve, 2000).unref());
    expect((await counter.call(undefined, 'GET', '/ticket-inventory/health')).status).toBe(200);
  });
});

describe('a hidden ticket type', () => {
  const [one, two] = concert().ticketTypes;
  const guests = { ...two!, accessCodes: [accessCodeHash(balcony, 'LANTERN')] };
  beforeEach(() => counter.hear(eventPublished, concert({ ticketTypes: [one!, guests] })));

  it('shows to who names its code, and sells to them', async () => {
    const shown = async (search: string) => {
      const { json } = await counter.call(undefined, 'GET', `/events/${eventId}/availability${search}`);
      return (json['ticketTypes'] as { ticketTypeId: string }[]).map(({ ticketTypeId }) => ticketTypeId);
    };
    expect(await shown('')).toEqual([stalls]);
    expect(await shown('?accessCode=wrong')).toEqual([stalls]);
    expect(await shown('?accessCode=lantern')).toEqual([stalls, balcony]);
    const lines = [{ ticketTypeId: balcony, quantity: 1 }];
    const refused = await counter.hold('Ada', 'k1', { eventId, lines });
    expect(refused).toMatchObject({ status: 422, json: { code: 'ticket-type-unknown' } });
    expect((await counter.hold('Ada', 'k2', { eventId, lines, accessCode: 'Lantern' })).status).toBe(201);
  });
});
