import { describe, expect, it } from '@jest/globals';
import { after, instant, Refusal } from '@boxoffice/shared/kernel';
import { accessCodeHash } from '@boxoffice/shared/tokens';
import { balcony, capture, concert, eventId, noon, stalls } from '../../test/season';
import { Draft } from './draft';
import type { EventOnSale } from './event-on-sale';
import { decideCancellation } from './cancel-sales';
import { decideExtension } from './extend-hold';
import { decideHold, type HoldRequest } from './hold-tickets';
import { decideOpening } from './open-sales';
import { decideRelease } from './release-hold';
import { decideOrder } from './settle-order';
import { Stock } from './stock';

const rules = { liveHoldsPerBuyer: 2 };
const seal = ({ ticketId }: { ticketId: string }) => `signed ${ticketId}`;
let keys = 0;
const ask = (changes: Partial<HoldRequest> = {}): HoldRequest => ({
  eventId,
  userId: 'ada',
  lines: [{ ticketTypeId: stalls, quantity: 2 }],
  mark: { key: `key-${keys++}`, fingerprint: 'body' },
  ...changes,
});

function opened(event: EventOnSale = concert(), now = noon): Draft {
  const draft = new Draft(new Stock(eventId), now);
  decideOpening(draft, event);
  return draft;
}

/** What is thrown, and the proof that it changed nothing. */
function refusal(draft: Draft, decide: () => unknown): string {
  const moves = draft.moves.length;
  const stock = JSON.stringify(draft.counts.list);
  try {
    decide();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    expect(draft.moves).toHaveLength(moves);
    expect(JSON.stringify(draft.counts.list)).toBe(stock);
    return error.code;
  }
  return 'no refusal';
}

describe('holding tickets', () => {
  it('sets a basket of several ticket types aside until the hold expires', () => {
    const draft = opened();
    const lines = [
      { ticketTypeId: stalls, quantity: 3 },
      { ticketTypeId: balcony, quantity: 4 },
    ];
    const hold = decideHold(draft, ask({ lines }), rules);
    expect(hold).toMatchObject({
      status: 'held',
      userId: 'ada',
      lines,
      expiresAt: after(noon, { minutes: 15 }),
    });
    expect([draft.counts.availableOf(stalls), draft.counts.availableOf(balcony)]).toEqual([7, 0]);
  });

  it('holds the whole basket or nothing of it', () => {
    const draft = opened();
    const lines = [
      { ticketTypeId: stalls, quantity: 1 },
      { ticketTypeId: balcony, quantity: 5 },
    ];
    expect(refusal(draft, () => decideHold(draft, ask({ lines }), rules))).toBe('sold-out');
  });

  it('gives the same hold to the same request, and refuses its key with another body', () => {
    const draft = opened();
    const request = ask();
    const hold = decideHold(draft, request, rules);
    expect(decideHold(draft, request, rules)).toEqual(hold);
    expect(draft.counts.availableOf(stalls)).toBe(8);
    const other = { ...request, mark: { ...request.mark, fingerprint: 'another' } };
    expect(refusal(draft, () => decideHold(draft, other, rules))).toBe('idempotency-key-reused');
  });

  it('remembers a request though its hold has ended', () => {
    const draft = opened();
    const request = ask();
    const hold = decideHold(draft, request, rules);
    decideRelease(draft, hold.holdId, 'ada');
    expect(decideHold(draft, request, rules).holdId).toBe(hold.holdId);
    expect(draft.counts.availableOf(stalls)).toBe(10);
  });

  const long = concert().ticketTypes.map((type) => ({ ...type, capacity: 5000, maxPerOrder: 2000 }));
  const pairs = concert().ticketTypes.map((type) => ({ ...type, minPerOrder: 2 }));
  const line = (ticketTypeId: string, quantity: number) => ({ lines: [{ ticketTypeId, quantity }] });
  it.each([
    ['before sales open', 'sales-not-open', concert(), instant('2026-12-01T08:59:59.999Z'), line(stalls, 1)],
    [
      'from the moment they close',
      'sales-closed',
      concert(),
      instant('2027-02-12T18:30:00Z'),
      line(stalls, 1),
    ],
    ['of a type that the event has not', 'ticket-type-unknown', concert(), noon, line(eventId, 1)],
    ['of more than an order may have', 'quantity-above-maximum', concert(), noon, line(stalls, 9)],
    [
      'of fewer than it must have',
      'quantity-below-minimum',
      concert({ ticketTypes: pairs }),
      noon,
      line(stalls, 1),
    ],
    [
      'of more than a hold can carry',
      'hold-too-large',
      concert({ ticketTypes: long }),
      noon,
      line(stalls, 1001),
    ],
  ])('refuses tickets %s', (_, code, event, now, request) => {
    const draft = opened(event, now);
    expect(refusal(draft, () => decideHold(draft, ask(request), rules))).toBe(code);
  });

  it('refuses what is no event', () => {
    const draft = new Draft(new Stock(eventId), noon);
    expect(refusal(draft, () => decideHold(draft, ask(), rules))).toBe('event-unknown');
  });

  it('refuses a buyer who holds enough already, until a hold is released', () => {
    const draft = opened();
    const first = decideHold(draft, ask(), rules);
    decideHold(draft, ask(), rules);
    expect(refusal(draft, () => decideHold(draft, ask(), rules))).toBe('too-many-holds');
    expect(decideHold(draft, ask({ userId: 'ben' }), rules).status).toBe('held');
    decideRelease(draft, first.holdId, 'ada');
    expect(decideHold(draft, ask(), rules).status).toBe('held');
  });
});

describe('releasing a hold', () => {
  it('restores the stock exactly, once', () => {
    const draft = opened();
    const hold = decideHold(draft, ask(), rules);
    expect(decideRelease(draft, hold.holdId, 'ada').status).toBe('released');
    expect(decideRelease(draft, hold.holdId, 'ada').status).toBe('released');
    expect(draft.counts.availableOf(stalls)).toBe(10);
    expect(draft.moves.filter((move) => move.kind === 'released')).toHaveLength(1);
  });

  it("does not tell somebody else's hold from none", () => {
    const draft = opened();
    const hold = decideHold(draft, ask(), rules);
    expect(refusal(draft, () => decideRelease(draft, hold.holdId, 'ben'))).toBe('hold-unknown');
    expect(refusal(draft, () => decideRelease(draft, `${eventId}-000000000000`, 'ben'))).toBe('hold-unknown');
  });

  it('refuses once the hold is paid for', () => {
    const draft = opened();
    const { holdId, lines } = decideHold(draft, ask(), rules);
    decideOrder(draft, capture(1, holdId, 'ada', lines), seal);
    expect(refusal(draft, () => decideRelease(draft, holdId, 'ada'))).toBe('hold-confirmed');
  });
});

describe('settling a paid order', () => {
  it('turns its hold into tickets, numbered and signed', () => {
    const draft = opened();
    const { holdId, lines } = decideHold(draft, ask(), rules);
    const order = decideOrder(draft, capture(1, holdId, 'ada', lines), seal);
    const [one, two] = order?.status === 'issued' ? order.tickets : [];
    expect(one?.ticketId).toMatch(new RegExp(`^${eventId}-[0-9a-z]{12}-1$`));
    expect(two).toMatchObject({ ticketTypeId: stalls, code: `signed ${two?.ticketId}` });
    expect(draft.counts.list[0]).toMatchObject({ held: 0, sold: 2 });
    expect(draft.hold(holdId)).toMatchObject({ status: 'confirmed' });
  });

  it('does nothing the second time', () => {
    const draft = opened();
    const { holdId, lines } = decideHold(draft, ask(), rules);
    decideOrder(draft, capture(1, holdId, 'ada', lines), seal);
    expect(decideOrder(draft, capture(1, holdId, 'ada', lines), seal)).toBeUndefined();
    expect(draft.counts.list[0]).toMatchObject({ held: 0, sold: 2 });
  });

  it('holds again when the payment came after the hold had ended and stock remains', () => {
    const draft = opened();
    const { holdId, lines } = decideHold(draft, ask(), rules);
    decideRelease(draft, holdId, 'ada');
    expect(decideOrder(draft, capture(1, holdId, 'ada', lines), seal)?.status).toBe('issued');
    expect(draft.counts.list[0]).toMatchObject({ held: 0, sold: 2 });
  });

  it('refuses when the stock is gone by then', () => {
    const draft = opened(concert({}, [2, 0]));
    const { holdId, lines } = decideHold(draft, ask(), rules);
    decideRelease(draft, holdId, 'ada');
    decideHold(draft, ask({ userId: 'ben' }), rules);
    const order = decideOrder(draft, capture(1, holdId, 'ada', lines), seal);
    expect(order).toMatchObject({ status: 'refused', reason: 'sold-out' });
    expect(draft.counts.list[0]).toMatchObject({ held: 2, sold: 0 });
  });

  it('does not confirm a hold at its expiry, even one that nobody has swept', () => {
    const draft = opened(concert({ holdMinutes: 0 }));
    const { holdId, lines } = decideHold(draft, ask(), rules);
    decideOrder(draft, capture(1, holdId, 'ada', lines), seal);
    expect(draft.moves.map((move) => move.kind)).toEqual(['resized', 'resized', 'held', 'sold']);
  });

  it('issues for a second order on a hold that the first has used, from what remains', () => {
    const draft = opened();
    const { holdId, lines } = decideHold(draft, ask(), rules);
    decideOrder(draft, capture(1, holdId, 'ada', lines), seal);
    expect(decideOrder(draft, capture(2, holdId, 'ada', lines), seal)?.status).toBe('issued');
    expect(draft.counts.list[0]).toMatchObject({ held: 0, sold: 4 });
  });

  it("leaves somebody else's hold alone", () => {
    const draft = opened();
    const { holdId, lines } = decideHold(draft, ask(), rules);
    decideOrder(draft, capture(1, holdId, 'mallory', lines), seal);
    expect(draft.hold(holdId)?.status).toBe('held');
  });

  it('refuses what is over, and what was never on sale', () => {
    const late = opened(concert(), concert().endsAt);
    const lines = [{ ticketTypeId: stalls, quantity: 1 }];
    const order = { status: 'refused', reason: 'event-not-on-sale' };
    expect(decideOrder(late, capture(1, 'none', 'ada', lines), seal)).toMatchObject(order);
    const unknown = new Draft(new Stock(eventId), noon);
    expect(decideOrder(unknown, capture(1, 'none', 'ada', lines), seal)).toMatchObject(order);
  });
});

describe('opening sales', () => {
  it('takes the newest version, in whichever order they arrive', () => {
    const draft = opened(concert({ version: 3 }, [10, 4]));
    decideOpening(draft, concert({ version: 2, title: 'old' }, [99, 99]));
    expect(draft.event?.version).toBe(3);
    expect(draft.counts.availableOf(stalls)).toBe(10);
    decideOpening(draft, concert({ version: 4 }, [12, 4]));
    expect(draft.counts.availableOf(stalls)).toBe(12);
  });

  it('tells which capacity could not shrink that far yet', () => {
    const draft = opened();
    decideHold(draft, ask({ lines: [{ ticketTypeId: stalls, quantity: 6 }] }), rules);
    const clipped = decideOpening(draft, concert({ version: 2 }, [5, 4]));
    expect(clipped).toEqual([{ id: stalls, wanted: 5, taken: 6 }]);
    expect(draft.counts.availableOf(stalls)).toBe(0);
  });

  it('keeps the stock of a ticket type that is no longer on sale, and sells no more of it', () => {
    const draft = opened();
    decideOpening(draft, concert({ version: 2, ticketTypes: concert().ticketTypes.slice(1) }));
    expect(draft.counts.availableOf(stalls)).toBe(10);
    expect(refusal(draft, () => decideHold(draft, ask(), rules))).toBe('ticket-type-unknown');
  });
});

describe('cancelling an event', () => {
  const cancelled = { eventId, version: 2, organizerId: 'o', title: 'Gone', cancelledAt: noon };
  const lines = [{ ticketTypeId: stalls, quantity: 2 }];

  it('sells nothing more, and refuses who has paid for what is held', () => {
    const draft = opened();
    const { holdId } = decideHold(draft, ask({ lines }), rules);
    decideCancellation(draft, cancelled);
    expect(refusal(draft, () => decideHold(draft, ask(), rules))).toBe('event-cancelled');
    const extension = { holdId, userId: 'ada', key: 'k' };
    expect(refusal(draft, () => decideExtension(draft, extension))).toBe('event-cancelled');
    const order = { status: 'refused', reason: 'event-not-on-sale' };
    expect(decideOrder(draft, capture(1, holdId, 'ada', lines), seal)).toMatchObject(order);
    expect(draft.counts.list[0]).toMatchObject({ held: 2, sold: 0 });
  });

  it('holds though the cancellation came first, and is taken once', () => {
    const draft = new Draft(new Stock(eventId), noon);
    decideCancellation(draft, cancelled);
    expect(decideOpening(draft, concert())).toEqual([]);
    expect(refusal(draft, () => decideHold(draft, ask(), rules))).toBe('event-cancelled');
    decideCancellation(draft, { ...cancelled, cancelledAt: instant('2027-01-06T12:00:00Z') });
    expect(draft.event?.cancelledAt).toBe(noon);
  });
});

describe('extending a hold', () => {
  const extend = (draft: Draft, holdId: string, key: string, userId = 'ada') =>
    decideExtension(draft, { holdId, userId, key });

  it('keeps it as long again from now, twice and no more', () => {
    const stock = new Stock(eventId);
    const first = new Draft(stock, noon);
    decideOpening(first, concert());
    const { holdId } = decideHold(first, ask(), rules);
    stock.keep({ epoch: 1, sequence: 1, commitId: 'c', at: noon, chain: 'h', moves: first.moves });
    stock.event = first.event;
    const draft = new Draft(stock, after(noon, { minutes: 10 }));
    expect(extend(draft, holdId, 'a').expiresAt).toBe(after(noon, { minutes: 25 }));
    expect(extend(draft, holdId, 'b').extension?.count).toBe(2);
    expect(refusal(draft, () => extend(draft, holdId, 'c'))).toBe('too-many-extensions');
  });

  it('does so once for one request', () => {
    const draft = opened();
    const { holdId } = decideHold(draft, ask(), rules);
    extend(draft, holdId, 'a');
    expect(extend(draft, holdId, 'a').extension?.count).toBe(1);
    expect(draft.moves.filter((move) => move.kind === 'extended')).toHaveLength(1);
  });

  it('leaves what its buyer was told of it at first', () => {
    const stock = new Stock(eventId);
    const first = new Draft(stock, noon);
    decideOpening(first, concert());
    const request = ask();
    const made = decideHold(first, request, rules);
    stock.keep({ epoch: 1, sequence: 1, commitId: 'c', at: noon, chain: 'h', moves: first.moves });
    stock.event = first.event;
    const draft = new Draft(stock, after(noon, { minutes: 10 }));
    extend(draft, made.holdId, 'a');
    extend(draft, made.holdId, 'b');
    expect(decideHold(draft, request, rules).expiresAt).toBe(made.expiresAt);
  });

  it('brings nothing back that has ended, and nothing of others', () => {
    const draft = opened();
    const one = decideHold(draft, ask(), rules);
    const other = decideHold(draft, ask(), rules);
    decideRelease(draft, one.holdId, 'ada');
    expect(refusal(draft, () => extend(draft, one.holdId, 'a'))).toBe('hold-ended');
    expect(refusal(draft, () => extend(draft, other.holdId, 'a', 'ben'))).toBe('hold-unknown');
    decideOrder(draft, capture(1, other.holdId, 'ada', other.lines), seal);
    expect(refusal(draft, () => extend(draft, other.holdId, 'a'))).toBe('hold-confirmed');
  });
});

describe('a limit a buyer', () => {
  it('counts what is held and bought over all orders, and no longer what was given back', () => {
    const limited = concert().ticketTypes.map((type) => ({ ...type, maxPerBuyer: 3 }));
    const draft = opened(concert({ ticketTypes: limited }));
    const three = { liveHoldsPerBuyer: 9 };
    const { holdId, lines } = decideHold(draft, ask(), three);
    decideOrder(draft, capture(1, holdId, 'ada', lines), seal);
    expect(refusal(draft, () => decideHold(draft, ask(), three))).toBe('buyer-limit-reached');
    const one = decideHold(draft, ask({ lines: [{ ticketTypeId: stalls, quantity: 1 }] }), three);
    expect(refusal(draft, () => decideHold(draft, ask({ lines: one.lines }), three))).toBe(
      'buyer-limit-reached',
    );
    decideRelease(draft, one.holdId, 'ada');
    expect(decideHold(draft, ask({ lines: one.lines }), three).status).toBe('held');
    expect(decideHold(draft, ask({ userId: 'ben' }), three).status).toBe('held');
  });
});

describe('a hidden ticket type', () => {
  const [one, two] = concert().ticketTypes;
  const guests = { ...one!, accessCodes: [accessCodeHash(stalls, 'LANTERN-GUEST')] };
  const draftOf = () => opened(concert({ ticketTypes: [guests, two!] }));

  it('is held for who names its code, however it is typed', () => {
    expect(decideHold(draftOf(), ask({ accessCode: ' lantern-guest ' }), rules).status).toBe('held');
  });

  it('is as if it weren’t there for anyone else', () => {
    for (const accessCode of [undefined, 'LANTERN', accessCodeHash(stalls, 'LANTERN-GUEST')])
      expect(refusal(draftOf(), () => decideHold(draftOf(), ask({ accessCode }), rules))).toBe(
        'ticket-type-unknown',
      );
    // The code of one type opens no other.
    const other = opened(concert({ ticketTypes: [{ ...two!, accessCodes: guests.accessCodes }] }));
    const lines = [{ ticketTypeId: balcony, quantity: 1 }];
    expect(refusal(other, () => decideHold(other, ask({ lines, accessCode: 'LANTERN-GUEST' }), rules))).toBe(
      'ticket-type-unknown',
    );
  });
});
