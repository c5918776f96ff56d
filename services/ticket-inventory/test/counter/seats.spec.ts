import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  eventPublished,
  paymentCaptured,
  paymentRefunded,
  ticketsIssued,
  UnreadableMessage,
} from '@boxoffice/shared/contracts';
import { accessCodeHash } from '@boxoffice/shared/tokens';
import { Counter } from './counter';
import { concertIn, mapOf } from '../drawn-hall';
import { balcony, capture, concert, eventId, orderId, stalls } from '../season';

let counter: Counter;
let keys = 0;
const hall = ['......', 'a.._rr'];

beforeEach(async () => {
  counter = await Counter.open();
  await counter.hear(eventPublished, concertIn(hall));
});
afterEach(() => counter.close());

const ask = (line: object, who = 'Ada') =>
  counter.hold(who, `key-${keys++}`, { eventId, lines: [{ ticketTypeId: stalls, ...line }] });
/** What anyone sees, row by row, a second later. */
async function seen(query = ''): Promise<readonly (readonly [string, string])[]> {
  counter.clock.pass(1);
  const { json } = await counter.call(undefined, 'GET', `/events/${eventId}/seats${query}`);
  const sections = json['sections'] as { name: string; rows: { name: string; seats: string }[] }[];
  return sections.flatMap(({ name, rows }) => rows.map((row) => [`${name}/${row.name}`, row.seats] as const));
}

describe('numbered seats', () => {
  it('are chosen, held and shown, and free again once they are given back', async () => {
    const { status, json } = await ask({ quantity: 2 });
    const lines = [
      { ticketTypeId: stalls, quantity: 2, seats: ['Parkett/1/3', 'Parkett/1/4'], together: true },
    ];
    expect({ status, json }).toMatchObject({ status: 201, json: { status: 'held', lines } });
    expect(await seen()).toEqual([
      ['Parkett/1', '..xx..'],
      ['Parkett/2', '..._..'],
    ]);
    const hold = `/holds/${String(json['holdId'])}`;
    expect((await counter.call('Ada', 'GET', hold)).json).toMatchObject({ lines });
    await counter.call('Ada', 'DELETE', hold);
    expect((await seen())[0]).toEqual(['Parkett/1', '......']);
  });

  it('may be named, and then no quantity need be given', async () => {
    const seats = ['Parkett/2/6', 'Parkett/1/1'];
    expect((await ask({ seats })).json['lines']).toEqual([
      { ticketTypeId: stalls, quantity: 2, seats, together: false },
    ]);
    expect(await ask({ seats: ['Parkett/1/2', 'Parkett/2/6'] }, 'Ben')).toMatchObject({
      status: 409,
      json: { code: 'seat-taken', seats: ['Parkett/2/6'] },
    });
    expect(await ask({ seats: ['Parkett/2/4'] }, 'Ben')).toMatchObject({
      status: 422,
      json: { code: 'seat-unknown', seats: ['Parkett/2/4'] },
    });
    expect(await seen()).toEqual([
      ['Parkett/1', 'x.....'],
      ['Parkett/2', '..._.x'],
    ]);
  });

  it('go to a party that asks so, or to nobody', async () => {
    const accessible = await ask({ quantity: 2, accessible: true });
    expect(accessible.json).toMatchObject({ lines: [{ seats: ['Parkett/2/1', 'Parkett/2/2'] }] });
    expect(await ask({ quantity: 1, accessible: true }, 'Ben')).toMatchObject({
      status: 409,
      json: { code: 'accessible-seats-gone', ticketTypeId: stalls },
    });
    expect(await ask({ quantity: 7, together: true }, 'Ben')).toMatchObject({
      status: 409,
      json: { code: 'seats-not-together', ticketTypeId: stalls },
    });
    expect((await ask({ quantity: 7 }, 'Ben')).json).toMatchObject({ lines: [{ together: false }] });
  });

  it.each<readonly [object, ...string[]]>([
    [{ quantity: 3, seats: ['Parkett/1/1', 'Parkett/1/2'] }, 'quantity'],
    [{ seats: ['Parkett/1/1'], together: true }, 'seats'],
    [{ seats: ['Parkett/1/1'], accessible: true }, 'seats'],
    [{ seats: ['Parkett/1/1', 'Parkett/1/1'] }, 'seats'],
    [{ seats: [], quantity: 1 }, 'seats'],
    [{ seats: 'Parkett/1/1', quantity: 1 }, 'seats'],
    [{ seats: [1] }, 'seats'],
    [{ seats: null }, 'quantity'],
    [{ together: 'yes', quantity: 1 }, 'together'],
  ])('are not asked for as %p', async (line, ...faulty) => {
    const { status, json } = await ask(line);
    expect(status).toBe(400);
    const fields = (json['errors'] as { field: string }[]).map(({ field }) => field);
    expect(new Set(fields)).toEqual(new Set(faulty.map((field) => `lines[0].${field}`)));
    expect((await seen())[0]).toEqual(['Parkett/1', '......']);
  });

  it('are on the tickets that are issued, in the wallet, and free once those are given back', async () => {
    const seats = ['Parkett/1/6', 'Parkett/1/5'];
    const { json } = await ask({ seats });
    const lines = [{ ticketTypeId: stalls, quantity: 2 }];
    await counter.hear(paymentCaptured, capture(1, String(json['holdId']), 'user-Ada', lines));
    await counter.lookAtChanges();
    const [issued] = counter.said.filter((e) => ticketsIssued.is(e)).map((e) => ticketsIssued.read(e));
    expect(issued?.tickets.map(({ seat }) => seat)).toEqual(seats);
    const wallet = (await counter.call('Ada', 'GET', '/tickets')).json['items'] as { seat: string }[];
    expect(wallet.map(({ seat }) => seat)).toEqual(seats);
    const refund = { ...paymentRefunded.sample, orderId: orderId(1), eventId, refundId: orderId(50) };
    await counter.hear(paymentRefunded, { ...refund, ticketIds: [issued?.tickets[0]?.ticketId ?? ''] });
    expect((await seen())[0]).toEqual(['Parkett/1', '....x.']);
  });

  it('are known to a process that starts later, and are got back by who pays late', async () => {
    const { json } = await ask({ seats: ['Parkett/1/6'] });
    await counter.start();
    expect((await seen())[0]).toEqual(['Parkett/1', '.....x']);
    counter.clock.pass(16);
    expect((await seen())[0]).toEqual(['Parkett/1', '......']);
    const lines = [{ ticketTypeId: stalls, quantity: 1 }];
    await counter.hear(paymentCaptured, capture(1, String(json['holdId']), 'user-Ada', lines));
    expect((await seen())[0]).toEqual(['Parkett/1', '.....x']);
  });
});

describe('the view of the seats', () => {
  const look = (headers = {}, id = eventId) =>
    counter.call(undefined, 'GET', `/events/${id}/seats`, undefined, headers);

  it('has each row with its ticket type and its marks', async () => {
    const { status, json } = await look();
    const of = { ticketTypeId: stalls, first: 1 };
    expect({ status, json }).toEqual({
      status: 200,
      json: {
        eventId,
        sections: [
          {
            name: 'Parkett',
            rows: [
              { ...of, name: '1', seats: '......', accessible: [], restrictedView: [] },
              { ...of, name: '2', seats: '..._..', accessible: [1], restrictedView: [5, 6] },
            ],
          },
        ],
      },
    });
  });

  it('is not sent again to who has it, until something changes', async () => {
    const { headers } = await look();
    const have = { 'if-none-match': String(headers['etag']) };
    expect(await look(have)).toMatchObject({ status: 304 });
    counter.clock.pass(1);
    expect(await look(have)).toMatchObject({ status: 304 });
    await ask({ quantity: 1 });
    counter.clock.pass(1);
    expect(await look(have)).toMatchObject({ status: 200 });
  });

  it('is empty where no seats are numbered, and there for no other event', async () => {
    await counter.hear(eventPublished, concert({ version: 2 }));
    expect((await look()).json).toEqual({ eventId, sections: [] });
    expect(await look({}, stalls)).toMatchObject({ status: 404, json: { code: 'event-unknown' } });
  });

  it('shows the rows of a hidden ticket type to who names its code', async () => {
    const [one, two] = concertIn(hall).ticketTypes;
    const guests = { ...two!, capacity: 3, accessCodes: [accessCodeHash(balcony, 'LANTERN')] };
    const rows = [...mapOf(hall).sections, { name: 'Rang', rows: mapOf(['...'], balcony).sections[0]!.rows }];
    const event = concertIn(hall, { version: 2, ticketTypes: [one!, guests], seatMap: { sections: rows } });
    await counter.hear(eventPublished, event);
    expect(await seen()).toHaveLength(2);
    expect(await seen('?accessCode=wrong')).toHaveLength(2);
    expect((await seen('?accessCode=lantern'))[2]).toEqual(['Rang/1', '...']);
  });
});

it('an event whose seats are not as many as its ticket type has is not to be read', async () => {
  const event = concertIn(hall, { version: 2, ticketTypes: concert().ticketTypes });
  await expect(counter.hear(eventPublished, event)).rejects.toThrow(UnreadableMessage);
  expect(await seen()).toHaveLength(2);
});
