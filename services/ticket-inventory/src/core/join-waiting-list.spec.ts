import { describe, expect, it } from '@jest/globals';
import { before } from '@boxoffice/shared/kernel';
import { accessCodeHash } from '@boxoffice/shared/tokens';
import { BoxOffice, soldOut } from '../../test/box-office';
import { balcony, concert, eventId, noon } from '../../test/season';
import { decideCancellation } from './cancel-sales';
import type { EventOnSale } from './event-on-sale';
import { decideJoining } from './join-waiting-list';
import { decideLeaving } from './leave-waiting-list';

describe('joining the waiting list', () => {
  it('is for what is sold out, or too little of it left', () => {
    const { office } = soldOut(8, 2);
    expect(office.join('ada', 1)).toMatchObject({ userId: 'ada', standing: { state: 'waiting' } });
    const spare = new BoxOffice(concert({}, [3, 0]));
    expect(spare.refusesToJoin('ada', 3)).toBe('not-sold-out');
    expect(spare.join('ada', 4)).toMatchObject({ quantity: 4, standing: { state: 'waiting' } });
  });

  it('is done once for one request, and its key is for no other', () => {
    const { office } = soldOut(1);
    const request = office.wishes('ada', 1);
    const entry = office.visit((draft) => decideJoining(draft, request));
    expect(office.visit((draft) => decideJoining(draft, request))).toEqual(entry);
    const other = { ...request, mark: { ...request.mark, fingerprint: 'another' } };
    expect(office.refusal((draft) => decideJoining(draft, other))).toBe('idempotency-key-reused');
  });

  it('is for one entry a buyer and ticket type, while that waits or is offered something', () => {
    const { office, held } = soldOut(1, 1);
    const entry = office.join('ada', 1);
    expect(office.refusesToJoin('ada', 1)).toBe('already-waiting');
    office.join('ada', 1, { ticketTypeId: balcony });
    office.release(held[0]!);
    expect(office.state(entry)).toBe('offered');
    expect(office.refusesToJoin('ada', 1)).toBe('already-waiting');
    office.leave(entry);
    office.hold('ben', 1);
    expect(office.join('ada', 1).entryId).not.toBe(entry.entryId);
  });

  const nothing = concert({}, [0, 0]).ticketTypes;
  const limited = nothing.map((type) => ({ ...type, minPerOrder: 2, maxPerBuyer: 3 }));
  const hidden = nothing.map((type) => ({
    ...type,
    accessCodes: [accessCodeHash(type.ticketTypeId, 'FRIENDS')],
  }));
  const { salesFrom, salesUntil } = nothing[0]!;
  const late = before(salesUntil, { minutes: 29 });
  it.each([
    ['before sales open', 'sales-not-open', before(salesFrom, { minutes: 1 }), {}, 1, {}],
    ['once they have closed', 'sales-closed', salesUntil, {}, 1, {}],
    ['when no offer could be bought in time', 'waiting-list-closed', late, {}, 1, {}],
    ['of what the event has not', 'ticket-type-unknown', noon, {}, 1, { ticketTypeId: eventId }],
    ['of more than an order may have', 'quantity-above-maximum', noon, {}, 9, {}],
    ['of fewer than it must', 'quantity-below-minimum', noon, { ticketTypes: limited }, 1, {}],
    ['of more than a buyer may have', 'buyer-limit-reached', noon, { ticketTypes: limited }, 4, {}],
    ['of what is hidden', 'ticket-type-unknown', noon, { ticketTypes: hidden }, 1, { accessCode: 'X' }],
  ])('is refused %s', (_, code, now, event: Partial<EventOnSale>, quantity, more) => {
    const office = new BoxOffice(concert(event, [0, 0]));
    office.now = now;
    expect(office.refusesToJoin('ada', quantity, more)).toBe(code);
  });

  it('is refused for what is cancelled', () => {
    const { office } = soldOut(1);
    const cancelled = { eventId, version: 2, organizerId: 'o', title: 'Gone', cancelledAt: noon };
    office.visit((draft) => decideCancellation(draft, cancelled));
    expect(office.refusesToJoin('ada', 1)).toBe('event-cancelled');
  });
});

describe('leaving the waiting list', () => {
  it('is for one’s own entry, and safe to repeat', () => {
    const { office, held } = soldOut(1);
    const [ada, ben] = [office.join('ada', 1), office.join('ben', 1)];
    expect(office.refusal((draft) => decideLeaving(draft, ada.entryId, 'ben'))).toBe('waiting-entry-unknown');
    expect(office.leave(ada).standing.state).toBe('withdrawn');
    expect(office.leave(ada).standing.state).toBe('withdrawn');
    office.release(held[0]!);
    expect([office.state(ada), office.state(ben)]).toEqual(['withdrawn', 'offered']);
  });

  it('leaves those ahead and behind in their order, wherever one stood', () => {
    const { office, held } = soldOut(1, 1, 1);
    const line = ['a', 'b', 'c', 'd', 'e'].map((name) => office.join(name, 1));
    for (const at of [2, 0, 4]) office.leave(line[at]!);
    for (const hold of held) office.release(hold);
    expect(line.map(office.state)).toEqual(['withdrawn', 'offered', 'withdrawn', 'offered', 'withdrawn']);
    expect([office.stock.waiting.isEmpty, office.atCounter()]).toEqual([true, 1]);
  });
});
