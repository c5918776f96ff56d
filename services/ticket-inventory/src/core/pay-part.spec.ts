import { describe, expect, it } from '@jest/globals';
import { BoxOffice, soldOut } from '../../test/box-office';
import { capture, concert, eventId, noon, orderId, stalls } from '../../test/season';
import type { BookedGroup } from './book-group';
import { decideCancellation } from './cancel-sales';
import { doorLimits } from './door';
import { Draft } from './draft';
import { decideGroupRelease } from './release-group';
import { decideOrder } from './settle-order';

const seal = ({ ticketId }: { ticketId: string }) => `signed ${ticketId}`;

/** Three people, a part each of two tickets; so many have paid, under orders 1, 2 … */
function groupOfThree(paid: number, office = new BoxOffice()): { office: BoxOffice; booked: BookedGroup } {
  const booked = office.book('lea', [2, 2, 2]);
  for (const [i, name] of ['ada', 'ben', 'cem'].entries()) {
    office.claim(booked, i + 1, name);
    if (i < paid) pay(office, booked, i + 1);
  }
  return { office, booked };
}

const captured = (office: BoxOffice, { parts }: BookedGroup, part: number, order = part) => {
  const { userId, holdId, lines } = office.stock.holds.hold(parts[part - 1]!.hold.holdId)!;
  return capture(order, holdId, userId, lines);
};
const pay = (office: BoxOffice, booked: BookedGroup, part: number, order = part) =>
  office.visit((draft) => decideOrder(draft, captured(office, booked, part, order), seal, `trace-${part}`));

describe('a part that is paid for', () => {
  it('waits for the others, however often it is told', () => {
    const { office, booked } = groupOfThree(2);
    const before = JSON.stringify(office.stock.holds.hold(booked.parts[0]!.hold.holdId));
    const sequence = office.visit((draft) => {
      expect(decideOrder(draft, captured(office, booked, 1), seal)).toBeUndefined();
      return draft.moves.length;
    });
    expect([sequence, office.outcomes]).toEqual([0, []]);
    expect(JSON.stringify(office.stock.holds.hold(booked.parts[0]!.hold.holdId))).toBe(before);
    expect(office.parts(booked)).toEqual(['held', 'held', 'held']);
    expect(office.stock.counts.list[0]).toMatchObject({ held: 6, sold: 0 });
  });

  it('makes tickets of all of them once it is the last, each order its own', () => {
    const { office, booked } = groupOfThree(2);
    expect(pay(office, booked, 3)).toMatchObject({ orderId: orderId(3), status: 'issued', userId: 'cem' });
    expect(office.parts(booked)).toEqual(['confirmed', 'confirmed', 'confirmed']);
    expect(office.outcomes).toMatchObject(
      ['ada', 'ben', 'cem'].map((userId, i) => ({
        ...{ userId, orderId: orderId(i + 1), status: 'issued', eventId, traceparent: `trace-${i + 1}` },
        holdId: booked.parts[i]!.hold.holdId,
        tickets: [{ ticketTypeId: stalls }, { ticketTypeId: stalls }],
      })),
    );
    const tickets = office.outcomes.flatMap((o) => (o.status === 'issued' ? o.tickets : []));
    expect(new Set(tickets.map(({ ticketId }) => ticketId)).size).toBe(6);
    expect(office.stock.counts.list[0]).toMatchObject({ held: 0, sold: 6 });
    expect(office.stock.groups.group(booked.group.groupId)?.standing.state).toBe('complete');
    for (const part of [1, 2, 3]) expect(pay(office, booked, part)).toBeUndefined();
    expect(office.outcomes).toHaveLength(3);
  });

  it('is paid for by nobody but its claimant', () => {
    const { office, booked } = groupOfThree(0);
    const { holdId, lines } = booked.parts[0]!.hold;
    office.visit((draft) => decideOrder(draft, capture(9, holdId, 'mal', lines), seal));
    office.visit((draft) => decideOrder(draft, capture(8, holdId, booked.group.groupId, lines), seal));
    expect(office.stock.holds.hold(holdId)?.paid).toBeUndefined();
  });
});

describe('a group whose time is up', () => {
  it('ends whole: stock is free again, and who has paid is refused, in the commit that ends it', () => {
    const { office, booked } = groupOfThree(2);
    office.pass({ hours: 2 });
    office.visit(() => undefined);
    expect(office.parts(booked)).toEqual(['expired', 'expired', 'expired']);
    const refused = { status: 'refused', reason: 'group-incomplete' };
    expect(office.outcomes).toMatchObject([
      { ...refused, orderId: orderId(1), userId: 'ada', traceparent: 'trace-1' },
      { ...refused, orderId: orderId(2), userId: 'ben', traceparent: 'trace-2' },
    ]);
    expect(office.stock.counts.list[0]).toMatchObject({ held: 0, sold: 0 });
    expect(pay(office, booked, 1)).toBeUndefined();
  });

  it('is not completed by who pays a moment too late, though stock remains', () => {
    const { office, booked } = groupOfThree(2);
    office.pass({ hours: 2 });
    expect(pay(office, booked, 3)).toMatchObject({ status: 'refused', reason: 'group-incomplete' });
    expect(office.outcomes).toHaveLength(3);
  });

  it('is not completed though nobody has swept it', () => {
    const { office, booked } = groupOfThree(2);
    office.pass({ hours: 2 });
    office.visit(
      (draft) => {
        expect(draft.orders).toEqual([]);
        expect(decideOrder(draft, captured(office, booked, 1), seal)).toMatchObject({
          reason: 'group-incomplete',
        });
        expect(decideOrder(draft, captured(office, booked, 3), seal)).toMatchObject({
          reason: 'group-incomplete',
        });
        expect(draft.orders).toHaveLength(3);
      },
      { ...doorLimits, expiries: 0 },
    );
    expect(office.parts(booked)).toEqual(['expired', 'expired', 'expired']);
  });

  it('is left to the next commit where this one has no room for its orders', () => {
    const { office, booked } = groupOfThree(2);
    office.pass({ hours: 2 });
    office.visit((draft) => expect([draft.hasMoreDue, draft.moves]).toEqual([true, []]), {
      ...doorLimits,
      lapsedOrders: 1,
    });
    office.visit((draft) => expect([draft.hasMoreDue, draft.orders.length]).toEqual([false, 2]));
    expect(office.parts(booked)).toEqual(['expired', 'expired', 'expired']);
  });

  it('leaves what it held to who waits', () => {
    const { office, held } = soldOut(6);
    office.release(held[0]!);
    const { booked } = groupOfThree(1, office);
    const ada = office.join('dora', 6);
    office.pass({ hours: 2 });
    office.visit(() => undefined);
    expect([office.state(ada), office.parts(booked)]).toEqual(['offered', ['expired', 'expired', 'expired']]);
  });
});

describe('a group that its leader gives up', () => {
  it('ends whole, once; nobody else can', () => {
    const { office, booked } = groupOfThree(1);
    const { groupId } = booked.group;
    expect(office.refusal((draft) => decideGroupRelease(draft, groupId, 'ada'))).toBe('group-unknown');
    expect(office.releaseGroup(booked)).toMatchObject({ state: 'released' });
    expect(office.releaseGroup(booked)).toMatchObject({ state: 'released' });
    expect(office.outcomes).toMatchObject([{ orderId: orderId(1), reason: 'group-incomplete' }]);
    expect(pay(office, booked, 2)).toMatchObject({ reason: 'group-incomplete' });
    expect(office.stock.counts.list[0]).toMatchObject({ held: 0, sold: 0 });
  });

  it('is not given up once all have paid', () => {
    const { office, booked } = groupOfThree(3);
    const { groupId } = booked.group;
    expect(office.refusal((draft) => decideGroupRelease(draft, groupId, 'lea'))).toBe('group-complete');
  });

  it('is forgotten a day later, with its parts', () => {
    const { office, booked } = groupOfThree(1);
    office.releaseGroup(booked);
    office.pass({ hours: 24 });
    office.visit(() => undefined);
    const { groups } = office.stock;
    const { groupId, request } = booked.group;
    expect([groups.group(groupId), groups.madeUnder(request.key), groups.ledBy('lea')]).toEqual([
      undefined,
      undefined,
      0,
    ]);
    expect([...office.stock.holds.all()]).toEqual([]);
  });
});

describe('a group at an event that is cancelled', () => {
  it('issues no tickets, and refuses each who has paid or pays', () => {
    const { office, booked } = groupOfThree(2);
    const cancelled = { eventId, version: 2, organizerId: 'o', title: 'Gone', cancelledAt: noon };
    office.visit((draft) => decideCancellation(draft, cancelled));
    expect(pay(office, booked, 3)).toMatchObject({ reason: 'event-not-on-sale' });
    expect(pay(office, booked, 1)).toMatchObject({ reason: 'event-not-on-sale' });
    office.pass({ hours: 2 });
    office.visit(() => undefined);
    expect(office.outcomes.map((o) => [o.orderId, o.status])).toEqual(
      [3, 1, 2].map((n) => [orderId(n), 'refused']),
    );
  });
});

it('a draft that is taken back leaves a group as it was', () => {
  const { office, booked } = groupOfThree(2, new BoxOffice(concert()));
  const before = [...office.stock.remembered()];
  const draft = new Draft(office.stock, office.now);
  decideOrder(draft, captured(office, booked, 3), seal);
  office.stock.takeBack();
  expect([...office.stock.remembered()]).toEqual(before);
});
