import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventCancelled, eventPublished, paymentRefunded } from '@boxoffice/shared/contracts';
import { after, before, instant } from '@boxoffice/shared/kernel';
import { encodeTicketCode, signingKeyFrom, verifyTicketCode } from '@boxoffice/shared/tokens';
import { concertIn } from '../drawn-hall';
import { balcony, concert, eventId, orderId, stalls } from '../season';
import { Counter } from './counter';
import { evening, Gate, rules } from './gate';

let counter: Counter;
let gate: Gate;

const others = '01jv0h5c9n3yq8t6w2b4d7f1gb';
const transfer = (ticketId: string, who = 'Ada') =>
  counter.call(
    who,
    'POST',
    `/tickets/${ticketId}/transfer`,
    { to: { name: 'Ben Example', email: 'ben@example.org' } },
    { 'idempotency-key': `t-${ticketId}` },
  );
const refund = (order: number, ticketIds: readonly string[]) =>
  counter.hear(paymentRefunded, {
    ...paymentRefunded.sample,
    ...{ orderId: orderId(order), eventId, refundId: orderId(500 + order), ticketIds },
  });
const summary = async () => (await gate.get('Stella', 'admissions/summary')).json;

beforeEach(async () => {
  counter = await Counter.open();
  gate = new Gate(counter);
  await gate.open();
  gate.setClock(evening);
});
afterEach(() => counter.close());

describe('a ticket at a gate', () => {
  it('is let in once; whoever shows it again is told when and where that was', async () => {
    const [one] = await gate.sell(1);
    const first = await gate.scan('Stella', one!.code);
    expect(first).toMatchObject({ status: 200 });
    expect(first.json).toEqual({ result: 'accepted', ticketId: one!.ticketId, ticketTypeName: 'Stalls' });
    gate.setClock(after(evening, { minutes: 1 }));
    expect((await gate.scan('Olga', one!.code, { gateId: 'stairs' })).json).toEqual({
      result: 'refused',
      reason: 'already-in',
      ticketId: one!.ticketId,
      ticketTypeName: 'Stalls',
      admittedBefore: { at: evening, gateId: 'main' },
    });
  });

  it('is let in once, however often one scan is sent: at the same time, after a crash, or refused', async () => {
    const [one] = await gate.sell(1);
    const scan = () => gate.scan('Stella', one!.code, { nonce: 'the-same-nonce' });
    const replies = await Promise.all([scan(), scan(), scan()]);
    await counter.start();
    replies.push(await scan());
    for (const { json } of replies) expect(json).toEqual(replies[0].json);
    expect(replies[0].json['result']).toBe('accepted');
    const again = () => gate.scan('Stella', one!.code, { nonce: 'another-nonce' });
    for (const { json } of await Promise.all([again(), again()])) expect(json['reason']).toBe('already-in');
    const junk = () => gate.scan('Stella', 'https://example.org', { nonce: 'third-nonce' });
    for (const { json } of [await junk(), await junk()])
      expect(json).toEqual({ result: 'refused', reason: 'unknown' });
    expect(await summary()).toMatchObject({
      inside: 1,
      refused: [
        { reason: 'already-in', scans: 1 },
        { reason: 'unknown', scans: 1 },
      ],
    });
  });

  it('is let in by one of two who scan it at the same time', async () => {
    const [one] = await gate.sell(1);
    const replies = await Promise.all([gate.scan('Stella', one!.code), gate.scan('Olga', one!.code)]);
    expect(replies.map(({ json }) => json['result']).sort()).toEqual(['accepted', 'refused']);
  });

  it('is refused for each reason that there is', async () => {
    const [one, two, three] = await gate.sell(1, 3);
    const [upstairs] = await gate.sell(2, 1, balcony);
    const [foreign] = await otherEvent();
    const forger = signingKeyFrom('ticket', new Uint8Array(32).fill(1));
    const verdict = verifyTicketCode(one!.code, (id) => counter.keys().get(id));
    if (!verdict.valid) throw new Error('a genuine ticket');
    expect(await gate.reasonFor('https://example.org')).toBe('unknown');
    expect(await gate.reasonFor(encodeTicketCode(verdict.ticket, forger))).toBe('unknown');
    expect(await gate.reasonFor(encodeTicketCode(verdict.ticket, { ...forger, keyId: verdict.keyId }))).toBe(
      'forged',
    );
    expect(await gate.reasonFor(foreign!.code)).toBe('other-event');
    expect(await gate.reasonFor(upstairs!.code, { gateId: 'stairs' })).toBe('other-gate');
    expect(await gate.reasonFor(one!.code, { gateId: 'window' })).toBe('other-gate');
    await refund(1, [two!.ticketId]);
    expect(await gate.reasonFor(two!.code)).toBe('void');
    await transfer(three!.ticketId);
    expect(await gate.reasonFor(three!.code)).toBe('void');
    gate.setClock(before(evening, { days: 1 }));
    expect(await gate.reasonFor(one!.code)).toBe('too-early');
    gate.setClock(instant('2027-02-12T20:15:00Z'));
    expect(await gate.reasonFor(one!.code)).toBe('too-late');
    expect(await gate.reasonFor(one!.code, { scannedAt: evening })).toBeUndefined();
    await counter.hear(eventCancelled, { ...eventCancelled.sample, eventId, version: 9 });
    expect(await gate.reasonFor(upstairs!.code, { scannedAt: evening })).toBe('void');
    expect((await summary())['refused']).toEqual(
      ['unknown 2', 'forged 1', 'other-event 1', 'other-gate 2', 'void 3', 'too-early 1', 'too-late 1'].map(
        (text) => {
          const [reason, scans] = text.split(' ');
          return { reason, scans: Number(scans) };
        },
      ),
    );
  });

  it('that its organiser has blocked is refused until it is unblocked, whoever has it', async () => {
    const [one] = await gate.sell(1);
    const path = `/events/${eventId}/blocked-tickets/${one!.ticketId}`;
    expect(await counter.call('Olga', 'POST', path)).toMatchObject({
      status: 200,
      json: { ticketId: one!.ticketId },
    });
    expect((await counter.call('Olga', 'POST', path)).status).toBe(200);
    expect(await gate.reasonFor(one!.code)).toBe('blocked');
    await transfer(one!.ticketId);
    await counter.lookAtChanges();
    const [bens] = await gate.walletOf('Ben');
    expect(await gate.reasonFor(bens!.code)).toBe('blocked');
    expect((await counter.call('Olga', 'DELETE', path)).status).toBe(204);
    expect((await counter.call('Olga', 'DELETE', path)).status).toBe(204);
    expect(await gate.reasonFor(bens!.code)).toBeUndefined();
    const nobodys = `/events/${eventId}/blocked-tickets/${one!.ticketId.slice(0, -1)}9`;
    for (const method of ['POST', 'DELETE'])
      expect(await counter.call('Olga', method, nobodys)).toMatchObject({
        status: 404,
        json: { code: 'ticket-unknown' },
      });
  });

  it('tells who it was passed on to', async () => {
    const [one] = await gate.sell(1);
    await transfer(one!.ticketId);
    await counter.lookAtChanges();
    const [bens] = await gate.walletOf('Ben');
    expect((await gate.scan('Stella', bens!.code)).json).toMatchObject({
      result: 'accepted',
      holderName: 'Ben Example',
    });
  });

  it('tells its seat, where seats are numbered', async () => {
    await counter.hear(eventPublished, { ...concertIn(['......']), version: 2 });
    const [one, two] = await gate.sell(1, 2);
    expect((await gate.scan('Stella', two!.code)).json).toMatchObject({
      result: 'accepted',
      seat: 'Parkett/1/4',
    });
    expect((await gate.scan('Stella', one!.code)).json['seat']).toBe('Parkett/1/3');
  });

  it('can be passed on no more once it is in, but be given back', async () => {
    const [one] = await gate.sell(1);
    await gate.scan('Stella', one!.code);
    expect(await transfer(one!.ticketId)).toMatchObject({ status: 409, json: { code: 'ticket-used' } });
    await refund(1, [one!.ticketId]);
    expect(await gate.reasonFor(one!.code)).toBe('void');
    expect(await gate.reasonFor(one!.code, { direction: 'out' })).toBeUndefined();
    expect((await summary())['inside']).toBe(0);
  });

  it('is either passed on or let in, when both are asked at the same time', async () => {
    for (const order of [1, 2, 3, 4]) {
      const [one] = await gate.sell(order);
      const [admission, passed] = await Promise.all([
        gate.scan('Stella', one!.code),
        transfer(one!.ticketId),
      ]);
      expect([admission.json['reason'], passed.status]).toEqual(
        passed.status === 200 ? ['void', 200] : [undefined, 409],
      );
    }
  });

  it('comes in again after leaving, where the organiser lets it', async () => {
    const [one, two] = await gate.sell(1, 2);
    await gate.scan('Stella', one!.code);
    expect(await gate.reasonFor(one!.code, { direction: 'out' })).toBeUndefined();
    expect(await summary()).toMatchObject({ inside: 0, outside: 1 });
    expect(await gate.reasonFor(one!.code)).toBe('already-in');
    await gate.setRules('Olga', { ...rules, reEntry: true }, 2);
    expect(await gate.reasonFor(one!.code)).toBeUndefined();
    expect(await gate.reasonFor(one!.code)).toBe('already-in');
    expect(await gate.reasonFor(two!.code, { direction: 'out' })).toBeUndefined();
    expect(await summary()).toMatchObject({ inside: 1, outside: 0 });
  });

  it('is counted at the gate where it came in, by its type, and against what was sold', async () => {
    const [one, two] = await gate.sell(1, 2);
    const [upstairs] = await gate.sell(2, 1, balcony);
    await gate.scan('Stella', one!.code, { gateId: 'stairs' });
    await gate.scan('Stella', two!.code);
    await gate.scan('Stella', upstairs!.code);
    await counter.start();
    expect(await summary()).toEqual({
      inside: 3,
      outside: 0,
      gates: [
        { gateId: 'main', name: 'Main entrance' },
        { gateId: 'stairs', name: 'Stairs' },
      ],
      ticketTypes: [
        { ticketTypeId: stalls, name: 'Stalls', sold: 2 },
        { ticketTypeId: balcony, name: 'Balcony', sold: 1 },
      ],
      admitted: [
        { gateId: 'stairs', ticketTypeId: stalls, tickets: 1 },
        { gateId: 'main', ticketTypeId: stalls, tickets: 1 },
        { gateId: 'main', ticketTypeId: balcony, tickets: 1 },
      ],
      refused: [],
    });
  });
});

/** Otto's event, with a ticket of Cem's. */
async function otherEvent() {
  const other = new Gate(counter, others);
  await counter.hear(
    eventPublished,
    concert({ eventId: others, organizerId: 'user-Otto', title: 'Secret party' }),
  );
  await other.setRules('Otto', { ...rules, stewards: ['stig@example.org'] });
  return other.sell(7, 1, stalls, 'Cem');
}

describe('the rules of the gates', () => {
  const path = `/events/${eventId}/admission-rules`;

  it('are what the organiser has set, and were plain before', async () => {
    await otherEvent();
    expect(await gate.get('Olga', 'admission-rules')).toMatchObject({
      headers: { etag: '"2"' },
      json: rules,
    });
    const fresh = new Gate(counter, '01jv0h5c9n3yq8t6w2b4d7f1gc');
    await counter.hear(eventPublished, concert({ eventId: fresh.of }));
    const plain = await fresh.get('Olga', 'admission-rules');
    expect(plain.headers['etag']).toBe('"1"');
    expect(plain.json).toEqual({
      reEntry: false,
      gates: [{ gateId: 'main', name: 'Main entrance' }],
      stewards: [],
    });
    const closing = {
      ...rules,
      opensAt: '2027-02-12T19:00:00+01:00',
      closesMinutesAfterEnd: 30,
      stewards: [' Stella@Example.org'.trim()],
    };
    expect(await gate.setRules('Olga', closing, 2)).toMatchObject({
      status: 200,
      headers: { etag: '"3"' },
      json: { opensAt: evening, closesMinutesAfterEnd: 30, stewards: ['stella@example.org'] },
    });
    expect((await gate.bundle()).rules).toEqual({
      reEntry: false,
      gates: rules.gates,
      opensAt: evening,
      closesAt: '2027-02-12T20:45:00.000Z',
    });
    await counter.start();
    expect(await gate.get('Olga', 'admission-rules')).toMatchObject({ headers: { etag: '"3"' } });
  });

  it('are not written over what another has written meanwhile', async () => {
    const replies = await Promise.all([
      gate.setRules('Olga', { ...rules, reEntry: true }, 2),
      gate.setRules('Olga', { ...rules, stewards: [] }, 2),
    ]);
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 412]);
    expect((await gate.setRules('Olga', rules, 1)).json).toMatchObject({
      code: 'version-changed',
      currentVersion: 3,
    });
  });

  it('are refused where they can not be so, with every reason', async () => {
    const impossible = {
      ...rules,
      opensAt: '2027-02-12T18:00:00Z',
      opensMinutesBeforeStart: 60,
      closesAt: '2027-02-12T17:00:00Z',
      closesMinutesAfterEnd: 10,
      gates: [
        { gateId: 'main', name: 'Main' },
        { gateId: 'main', name: 'Mine', ticketTypeIds: [stalls, orderId(1)] },
      ],
    };
    const { status, json } = await gate.setRules('Olga', impossible, 2);
    expect([status, json['code']]).toEqual([422, 'not-possible']);
    expect((json['errors'] as { field: string }[]).map(({ field }) => field)).toEqual([
      'opensMinutesBeforeStart',
      'closesMinutesAfterEnd',
      'opensAt',
      'gates[1].gateId',
      'gates[1].ticketTypeIds[1]',
    ]);
    expect((await counter.call('Olga', 'GET', path)).headers['etag']).toBe('"2"');
  });

  it('leave no trace of a steward in the log', async () => {
    const [one] = await gate.sell(1);
    await gate.scan('Stella', one!.code);
    await gate.setRules('Olga', { ...rules, stewards: [] }, 2);
    const feed = counter.service.feeds[0]!;
    const documents = await feed.container.list(eventId, { limit: 1000 });
    expect(documents.map(({ id }) => id)).toContain('admission-rules');
    expect(JSON.stringify(documents)).not.toContain('stella');
  });
});

describe('who is neither organiser nor steward of an event', () => {
  // CVE-2026-5600: an API that showed and made check-ins of other organisers' events.
  const asks = (of: string, ticket: { ticketId: string; code: string }) => {
    const scan = { code: ticket.code, gateId: 'main', nonce: 'nosy-nonce' };
    const scans = [{ ...scan, scannedAt: evening, result: 'accepted' }];
    return [
      ['POST', '/admissions', { eventId: of, ...scan }],
      ['POST', '/admissions/batch', { eventId: of, deviceId: orderId(1), scans }],
      ['GET', `/events/${of}/admissions/summary`],
      ['GET', `/events/${of}/admissions/conflicts`],
      ['GET', `/events/${of}/scan-bundle`],
    ] as const;
  };
  const never = '01jv0h5c9n3yq8t6w2b4d7f1zz';

  it('learns nothing of it, not even that it is there', async () => {
    const [cems] = await otherEvent();
    const [own] = await gate.sell(1);
    const cases = [
      ['Stella', others, cems!],
      ['Olga', others, cems!],
      ['Stig', eventId, own!],
      ['Otto', eventId, own!],
      ['Ada', eventId, own!],
      ['Mal', eventId, own!],
    ] as const;
    for (const [who, of, ticket] of cases) {
      const nothing = asks(never, ticket);
      for (const [i, [method, path, body]] of asks(of, ticket).entries()) {
        const told = await counter.call(who, method, path, body);
        const [, sameOfNone, bodyOfNone] = nothing[i]!;
        expect([told.status, told.json['code']]).toEqual([404, 'event-unknown']);
        expect(told.body).toBe((await counter.call(who, method, sameOfNone, bodyOfNone)).body);
      }
    }
    for (const who of [others, eventId].map((of) => new Gate(counter, of)))
      expect((await who.get(who.of === others ? 'Stig' : 'Stella', 'admissions/summary')).json).toMatchObject(
        {
          inside: 0,
          refused: [],
        },
      );
  });

  it('sets no rules and blocks no tickets of it; nor do its stewards', async () => {
    const [cems] = await otherEvent();
    const asked = [
      ['GET', `/events/${others}/admission-rules`],
      ['POST', `/events/${others}/blocked-tickets/${cems!.ticketId}`],
      ['DELETE', `/events/${others}/blocked-tickets/${cems!.ticketId}`],
    ] as const;
    for (const [method, path] of asked) {
      expect(await counter.call('Olga', method, path)).toMatchObject({
        status: 404,
        json: { code: 'event-unknown' },
      });
      expect((await counter.call('Stig', method, path)).status).toBe(403);
    }
    expect((await new Gate(counter, others).setRules('Olga', rules, 2)).status).toBe(404);
    // Another's ticket under one's own event is as unknown as none.
    const path = `/events/${eventId}/blocked-tickets/${cems!.ticketId}`;
    expect(await counter.call('Olga', 'POST', path)).toMatchObject({
      status: 404,
      json: { code: 'ticket-unknown' },
    });
  });

  it('is told of a ticket of another event that it is one, and no more', async () => {
    const [cems] = await otherEvent();
    expect((await gate.scan('Stella', cems!.code)).json).toEqual({
      result: 'refused',
      reason: 'other-event',
    });
    const scans = [
      { code: cems!.code, gateId: 'main', nonce: 'nosy-nonce', scannedAt: evening, result: 'accepted' },
    ];
    const body = { eventId, deviceId: orderId(1), scans };
    expect((await counter.call('Stella', 'POST', '/admissions/batch', body)).json).toEqual({
      scans: [{ nonce: 'nosy-nonce', result: 'refused', reason: 'other-event' }],
      conflicts: [],
    });
    expect((await new Gate(counter, others).get('Stig', 'admissions/summary')).json).toMatchObject({
      inside: 0,
      refused: [],
    });
  });

  it('is one no more as soon as the organiser has said so', async () => {
    const [one] = await gate.sell(1);
    await gate.setRules('Olga', { ...rules, stewards: [] }, 2);
    expect((await gate.scan('Stella', one!.code)).status).toBe(404);
  });
});
