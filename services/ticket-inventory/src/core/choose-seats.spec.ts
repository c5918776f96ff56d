import { describe, expect, it } from '@jest/globals';
import { Refusal } from '@boxoffice/shared/kernel';
import { concertIn, type Drawing } from '../../test/drawn-hall';
import { balcony, capture, eventId, noon, stalls } from '../../test/season';
import type { AskedLine } from './choose-seats';
import { Draft } from './draft';
import type { Hold } from './hold';
import { decideHold } from './hold-tickets';
import { decideOpening } from './open-sales';
import type { OrderOutcome } from './ports';
import { decideRelease } from './release-hold';
import { decideOrder } from './settle-order';
import { Stock } from './stock';
import { decideVoid } from './void-tickets';

const rules = { liveHoldsPerBuyer: 99 };
const seal = ({ ticketId }: { ticketId: string }) => `signed ${ticketId}`;
let made = 0;

function openedIn(drawing: Drawing): Draft {
  const draft = new Draft(new Stock(eventId), noon);
  decideOpening(draft, concertIn(drawing));
  return draft;
}

function hold(draft: Draft, line: Partial<AskedLine>, userId = 'ada'): Hold {
  const quantity = line.seats?.length ?? 2;
  const mark = { key: `key-${made++}`, fingerprint: 'body' };
  const lines = [{ ticketTypeId: stalls, quantity, ...line }];
  return decideHold(draft, { eventId, userId, lines, mark }, rules);
}

/** The last parts of seats: `1/4` for `Parkett/1/4`. */
const seatsOf = ({ lines }: Pick<Hold, 'lines'>): readonly string[] =>
  lines.flatMap(({ seats = [] }) => seats.map((seat) => seat.slice('Parkett/'.length)));
const named = (...seats: readonly string[]) => ({ seats: seats.map((seat) => `Parkett/${seat}`) });
const ticketSeats = (order: OrderOutcome | undefined): readonly (string | undefined)[] =>
  order?.status === 'issued' ? order.tickets.map(({ seat }) => seat?.slice('Parkett/'.length)) : ['refused'];

/** The code of the refusal and what it names, and the proof that nothing has changed. */
function refusal(draft: Draft, line: Partial<AskedLine>): readonly [string, unknown] {
  const before = draft.moves.length;
  const rows = draft.seatPlan?.drawn(0);
  try {
    hold(draft, line);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    expect(draft.moves).toHaveLength(before);
    expect(draft.seatPlan?.drawn(0)).toBe(rows);
    return [error.code, error.facts];
  }
  return ['no refusal', undefined];
}

describe('holding numbered seats', () => {
  it('takes the best, and never the same twice', () => {
    const draft = openedIn(['......']);
    expect(seatsOf(hold(draft, {}))).toEqual(['1/3', '1/4']);
    expect(seatsOf(hold(draft, {}, 'ben'))).toEqual(['1/1', '1/2']);
    expect(draft.seatPlan?.drawn(0)).toBe('xxxx..');
  });

  it('takes those that are named, in the order in which they are', () => {
    const draft = openedIn(['......', '.a.']);
    expect(seatsOf(hold(draft, named('2/2', '1/6')))).toEqual(['2/2', '1/6']);
    expect([draft.seatPlan?.drawn(0), draft.seatPlan?.drawn(1)]).toEqual(['.....x', '.x.']);
  });

  it('gives them back with the hold', () => {
    const draft = openedIn(['......']);
    const { holdId } = hold(draft, {});
    decideRelease(draft, holdId, 'ada');
    expect(draft.seatPlan?.drawn(0)).toBe('......');
    expect(seatsOf(hold(draft, {}, 'ben'))).toEqual(['1/3', '1/4']);
  });

  it('leaves what has no numbers as it is', () => {
    const draft = openedIn(['..']);
    expect(hold(draft, { ticketTypeId: balcony, together: true }).lines).toEqual([
      { ticketTypeId: balcony, quantity: 2 },
    ]);
  });

  it.each<readonly [string, Drawing, Partial<AskedLine>, string, object]>([
    ['that are not there', ['..._'], named('1/1', '1/4', '3/1'), 'seat-unknown', named('1/4', '3/1')],
    [
      'of another ticket type',
      ['....'],
      { ticketTypeId: balcony, ...named('1/1') },
      'seat-unknown',
      named('1/1'),
    ],
    [
      'side by side, where none are',
      ['..', '..'],
      { quantity: 3, together: true },
      'seats-not-together',
      { ticketTypeId: stalls },
    ],
    [
      'for anyone, where only accessible ones are left',
      ['a.', 'a.'],
      { quantity: 3 },
      'sold-out',
      { short: [{ ticketTypeId: stalls, available: 2 }] },
    ],
    [
      'that are accessible, where none are',
      ['...'],
      { accessible: true },
      'accessible-seats-gone',
      { ticketTypeId: stalls },
    ],
    [
      'that are accessible, of what has no numbers',
      ['..a'],
      { ticketTypeId: balcony, accessible: true },
      'accessible-seats-gone',
      { ticketTypeId: balcony },
    ],
    [
      'side by side with an accessible one, where none are',
      ['a..', '...', '...'],
      { quantity: 4, accessible: true, together: true },
      'seats-not-together',
      { ticketTypeId: stalls },
    ],
  ])('refuses seats %s', (_, drawing, line, code, facts) => {
    expect(refusal(openedIn(drawing), line)).toEqual([code, facts]);
  });

  it('refuses seats that are taken, and says which', () => {
    const draft = openedIn(['......']);
    hold(draft, named('1/2', '1/3'), 'ben');
    expect(refusal(draft, named('1/1', '1/2', '1/3'))).toEqual(['seat-taken', named('1/2', '1/3')]);
  });

  it('keeps a seat taken that a newer map has no longer, and sells none that it never had', () => {
    const draft = openedIn(['..', '..']);
    const { holdId } = hold(draft, named('2/1', '2/2'));
    decideOpening(draft, concertIn(['...'], { version: 2 }));
    expect(refusal(draft, named('2/1'))).toEqual(['seat-unknown', named('2/1')]);
    expect(draft.seatPlan?.drawn(0)).toBe('...');
    decideOpening(draft, concertIn(['..', '..'], { version: 3 }));
    expect(draft.seatPlan?.drawn(1)).toBe('xx');
    decideRelease(draft, holdId, 'ada');
    expect(draft.seatPlan?.drawn(1)).toBe('..');
  });
});

describe('paying for numbered seats', () => {
  const pay = (draft: Draft, { holdId, lines }: Hold, order = 1) => {
    const paid = lines.map(({ ticketTypeId, quantity }) => ({ ticketTypeId, quantity }));
    return decideOrder(draft, capture(order, holdId, 'ada', paid), seal);
  };

  it('puts one on each ticket', () => {
    const draft = openedIn(['......']);
    expect(ticketSeats(pay(draft, hold(draft, named('1/6', '1/1'))))).toEqual(['1/6', '1/1']);
    expect(draft.seatPlan?.drawn(0)).toBe('x....x');
  });

  it('late, gets the same where they are free', () => {
    const draft = openedIn(['......']);
    const late = hold(draft, named('1/5', '1/6'));
    decideRelease(draft, late.holdId, 'ada');
    expect(ticketSeats(pay(draft, late))).toEqual(['1/5', '1/6']);
    expect(draft.seatPlan?.drawn(0)).toBe('....xx');
  });

  it('late, gets the best where one of them is taken', () => {
    const draft = openedIn(['......']);
    const late = hold(draft, named('1/5', '1/6'));
    decideRelease(draft, late.holdId, 'ada');
    hold(draft, named('1/6'), 'ben');
    expect(ticketSeats(pay(draft, late))).toEqual(['1/4', '1/5']);
  });

  it('late, gets the best where a newer map has the seats no longer', () => {
    const draft = openedIn(['......', '..']);
    const late = hold(draft, named('2/1', '2/2'));
    decideRelease(draft, late.holdId, 'ada');
    decideOpening(draft, concertIn(['......'], { version: 2 }));
    expect(ticketSeats(pay(draft, late))).toEqual(['1/3', '1/4']);
  });

  it('late, gets the best where nobody remembers the hold', () => {
    const draft = openedIn(['......']);
    const forgotten = { ...hold(openedIn(['......']), named('1/5', '1/6')), holdId: 'forgotten' };
    expect(ticketSeats(pay(draft, forgotten))).toEqual(['1/3', '1/4']);
  });

  it('twice for one hold, gets other seats the second time', () => {
    const draft = openedIn(['......']);
    const held = hold(draft, named('1/1', '1/2'));
    expect(ticketSeats(pay(draft, held))).toEqual(['1/1', '1/2']);
    expect(ticketSeats(pay(draft, held, 2))).toEqual(['1/3', '1/4']);
  });

  it('late, is refused where too few are left', () => {
    const draft = openedIn(['...']);
    const late = hold(draft, named('1/1', '1/2'));
    decideRelease(draft, late.holdId, 'ada');
    hold(draft, named('1/2', '1/3'), 'ben');
    expect(pay(draft, late)).toMatchObject({ status: 'refused', reason: 'sold-out' });
    expect(draft.seatPlan?.drawn(0)).toBe('.xx');
  });

  it('late, gets an accessible seat for an accessible one, and nothing else', () => {
    const draft = openedIn(['a....a']);
    const [late, later] = [hold(draft, named('1/1')), hold(draft, named('1/6'))];
    decideRelease(draft, late.holdId, 'ada');
    decideRelease(draft, later.holdId, 'ada');
    hold(draft, named('1/1'), 'ben');
    expect(ticketSeats(pay(draft, late))).toEqual(['1/6']);
    expect(ticketSeats(pay(draft, later, 2))).toEqual(['refused']);
  });

  it('and giving a ticket back frees its seat', () => {
    const draft = openedIn(['......']);
    const order = pay(draft, hold(draft, named('1/1', '1/2')));
    if (order?.status !== 'issued') throw new Error('not issued');
    const [, second] = order.tickets.map(({ ticketId }) => ticketId);
    decideVoid(draft, { refundId: 'r', orderId: order.orderId, eventId, ticketIds: [second ?? ''] }, order);
    expect(draft.seatPlan?.drawn(0)).toBe('x.....');
    expect(draft.counts.of(stalls)).toMatchObject({ held: 0, sold: 1 });
  });
});
