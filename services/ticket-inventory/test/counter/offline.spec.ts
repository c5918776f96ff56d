import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventCancelled } from '@boxoffice/shared/contracts';
import { after } from '@boxoffice/shared/kernel';
import { eventId } from '../season';
import { Counter } from './counter';
import { deviceId, evening, Gate, rules } from './gate';

let counter: Counter;
let gate: Gate;

const later = (minutes: number) => after(evening, { minutes });
const transfer = (ticketId: string) =>
  counter.call(
    'Ada',
    'POST',
    `/tickets/${ticketId}/transfer`,
    { to: { name: 'Ben Example', email: 'ben@example.org' } },
    { 'idempotency-key': `t-${ticketId}` },
  );
const conflicts = async (query = '') => {
  const { json } = await gate.get('Stella', `admissions/conflicts${query}`);
  return json as {
    items: { ticketId: string; reason: string; passage: object; before?: object }[];
    nextCursor?: string;
  };
};

beforeEach(async () => {
  counter = await Counter.open();
  gate = new Gate(counter);
  await gate.open();
  gate.setClock(evening);
});
afterEach(() => counter.close());

describe('two scanners without a network that both let one ticket in', () => {
  it.each([
    ['in the order of their scans', [1, 2]],
    ['the later one first', [2, 1]],
  ])('make one admission and one conflict, uploaded twice, %s', async (_, order) => {
    const [one] = await gate.sell(1);
    const scanners = [await gate.scanner(), await gate.scanner()];
    expect(scanners[0]!.scan(one!.code, 'main', later(1)).result).toBe('accepted');
    expect(scanners[1]!.scan(one!.code, 'stairs', later(2)).result).toBe('accepted');
    const uploaded = async () => {
      for (const device of [...order, ...order])
        expect((await gate.upload(scanners[device - 1]!, device)).status).toBe(200);
    };
    await uploaded();
    await counter.start(); // the process dies between
    await uploaded();
    const passage = { ...{ nonce: 'nonce-000001', at: later(2), gateId: 'stairs' }, deviceId: deviceId(2) };
    const first = { ...{ nonce: 'nonce-000000', at: later(1), gateId: 'main' }, deviceId: deviceId(1) };
    expect((await conflicts()).items).toEqual([
      {
        ticketId: one!.ticketId,
        ticketTypeId: expect.any(String),
        reason: 'already-in',
        passage,
        before: first,
      },
    ]);
    expect((await gate.get('Stella', 'admissions/summary')).json).toMatchObject({
      inside: 1,
      admitted: [{ gateId: 'main', tickets: 1 }],
      refused: [],
    });
    expect((await gate.upload(scanners[0]!, 1)).json).toMatchObject({
      scans: [{ nonce: 'nonce-000000', result: 'accepted' }],
      conflicts: [{ passage }],
    });
    expect((await gate.upload(scanners[1]!, 2)).json['scans']).toEqual([
      { nonce: 'nonce-000001', result: 'accepted', conflict: 'already-in' },
    ]);
    expect(await gate.reasonFor(one!.code)).toBe('already-in');
  });
});

describe('a scanner without a network', () => {
  it('accepts the code of a ticket that was passed on until its next delta, and no longer', async () => {
    const [one, two] = await gate.sell(1, 2);
    const scanner = await gate.scanner();
    await transfer(one!.ticketId);
    await transfer(two!.ticketId);
    expect(scanner.scan(one!.code, 'main', later(1)).result).toBe('accepted');
    scanner.learn(await gate.bundle(scanner.cursor));
    expect(scanner.scan(two!.code, 'main', later(2))).toMatchObject({ result: 'refused', reason: 'void' });
    await counter.lookAtChanges();
    const bens = await gate.walletOf('Ben');
    expect(scanner.scan(bens[1]!.code, 'main', later(3)).result).toBe('accepted');
    // Who came in with the old code took nobody's place: the new holder comes in, and the other is reported.
    expect((await gate.upload(scanner, 1)).json['scans']).toEqual([
      { nonce: 'nonce-000000', result: 'accepted', conflict: 'void' },
      { nonce: 'nonce-000001', result: 'refused', reason: 'void' },
      { nonce: 'nonce-000002', result: 'accepted' },
    ]);
    expect(await gate.reasonFor(bens[0]!.code)).toBeUndefined();
    expect((await conflicts()).items).toMatchObject([{ ticketId: one!.ticketId, reason: 'void' }]);
    expect((await gate.get('Stella', 'admissions/summary')).json).toMatchObject({ inside: 2 });
  });

  it('decides what the server never answered, and that counts once', async () => {
    const [one] = await gate.sell(1);
    const scanner = await gate.scanner();
    const nonce = 'asked-and-not-answered';
    await gate.scan('Stella', one!.code, { nonce }); // it went through, but who asked doesn't know
    expect(scanner.scan(one!.code, 'main', later(1), 'in', nonce).result).toBe('accepted');
    expect((await gate.upload(scanner, 1)).json).toEqual({
      scans: [{ nonce, result: 'accepted' }],
      conflicts: [],
    });
    expect(await conflicts()).toEqual({ items: [] });
  });

  it('hears of what others did since, and of nothing twice', async () => {
    const tickets = await gate.sell(1, 4);
    const scanner = await gate.scanner();
    await gate.scan('Stella', tickets[0]!.code);
    await counter.call('Olga', 'POST', `/events/${eventId}/blocked-tickets/${tickets[1]!.ticketId}`);
    const delta = await gate.bundle(scanner.cursor);
    expect(delta).toMatchObject({
      isComplete: true,
      tickets: [{ ticketId: tickets[1]!.ticketId, issue: 1, state: 'blocked' }],
      admissions: [
        {
          ticketId: tickets[0]!.ticketId,
          isInside: true,
          admittedAt: evening,
          gateId: 'main',
          lastAt: evening,
        },
      ],
    });
    scanner.learn(delta);
    const reasons = tickets.map(({ code }) => scanner.scan(code, 'main', later(1)).reason);
    expect(reasons).toEqual(['already-in', 'blocked', undefined, undefined]);
    expect(await gate.bundle(delta.cursor)).toMatchObject({
      cursor: delta.cursor,
      tickets: [],
      admissions: [],
    });
    await counter.hear(eventCancelled, { ...eventCancelled.sample, eventId, version: 9 });
    await gate.setRules('Olga', { ...rules, reEntry: true }, 2);
    expect(await gate.bundle(delta.cursor)).toMatchObject({
      event: { isCancelled: true },
      rules: { reEntry: true },
    });
  });

  it('may ask with a cursor of any age, of another log, or with none', async () => {
    const tickets = await gate.sell(1, 3);
    const first = await gate.bundle();
    for (const { code } of tickets) await gate.scan('Stella', code);
    await counter.start();
    const cursorAt = (epoch: number, sequence: number) =>
      Buffer.from(JSON.stringify([epoch, sequence])).toString('base64url');
    for (const cursor of [undefined, first.cursor, cursorAt(1, 0), cursorAt(1, 1e9), cursorAt(2, 3)])
      expect((await gate.bundle(cursor)).admissions).toHaveLength(3);
    expect((await gate.get('Stella', 'scan-bundle?cursor=abc')).status).toBe(400);
  });

  it('is small: some 200 bytes an admission, and 3,000 besides', async () => {
    const empty = JSON.stringify(await gate.bundle()).length;
    expect(empty).toBeLessThan(3000);
    const tickets = await gate.sell(1, 5);
    for (const { code } of tickets) await gate.scan('Stella', code);
    expect(JSON.stringify(await gate.bundle()).length - empty).toBeLessThan(5 * 220);
  });

  it('uploads an evening of a thousand scans, and an upload again changes nothing', async () => {
    await gate.setRules('Olga', { ...rules, reEntry: true }, 2);
    const [one] = await gate.sell(1);
    const scanner = await gate.scanner();
    for (let i = 0; i < 500; i++) {
      scanner.scan(one!.code, 'main', later(i / 60));
      scanner.scan(one!.code, 'main', later(i / 60 + 0.001), 'out');
    }
    for (let left = 1000; left > 0; left -= 500) {
      const scans = scanner.toUpload();
      expect(scans).toHaveLength(500);
      for (let i = 0; i < 2; i++) expect((await gate.upload(scanner, 1)).status).toBe(200);
      scanner.arrived(scans.map(({ nonce }) => nonce));
    }
    expect(scanner.toUpload()).toEqual([]);
    expect(await conflicts()).toEqual({ items: [] });
    expect((await gate.get('Stella', 'admissions/summary')).json).toMatchObject({ inside: 0, outside: 1 });
  });
});

describe('the report of conflicts', () => {
  it('is read page by page, by when somebody was let through', async () => {
    const tickets = await gate.sell(1, 5);
    const scanners = [await gate.scanner(), await gate.scanner()];
    for (const scanner of scanners)
      for (const [i, { code }] of tickets.entries()) scanner.scan(code, 'main', later(i));
    await gate.upload(scanners[0]!, 1);
    await gate.upload(scanners[1]!, 2);
    const first = await conflicts('?limit=3');
    const rest = await conflicts(`?limit=3&cursor=${first.nextCursor!}`);
    expect([...first.items, ...rest.items].map(({ ticketId }) => ticketId)).toEqual(
      tickets.map(({ ticketId }) => ticketId),
    );
    expect([first.items.length, rest.nextCursor]).toEqual([3, undefined]);
  });

  it('tells what a scanner let through that the rules by then did not', async () => {
    const [one, two] = await gate.sell(1, 2);
    const scanner = await gate.scanner();
    scanner.scan(one!.code, 'main', later(1));
    scanner.scan(two!.code, 'main', later(1));
    await counter.call('Olga', 'POST', `/events/${eventId}/blocked-tickets/${one!.ticketId}`);
    await gate.setRules('Olga', { ...rules, gates: [{ gateId: 'north', name: 'North' }] }, 2);
    await gate.upload(scanner, 1);
    expect((await conflicts()).items).toMatchObject([
      { ticketId: one!.ticketId, reason: 'blocked', passage: { gateId: '' } },
      { ticketId: two!.ticketId, reason: 'other-gate' },
    ]);
    expect((await gate.get('Stella', 'admissions/summary')).json).toMatchObject({ inside: 2 });
  });
});
