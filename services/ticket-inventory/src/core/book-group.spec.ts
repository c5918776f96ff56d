import { describe, expect, it } from '@jest/globals';
import { BoxOffice } from '../../test/box-office';
import { invite } from '../../test/one-process';
import { concertIn } from '../../test/drawn-hall';
import { balcony, concert, eventId, noon, stalls } from '../../test/season';
import { decideGroup } from './book-group';
import { decideCancellation } from './cancel-sales';
import { decideClaim } from './claim-part';
import { decideExtension } from './extend-hold';
import { decideHold } from './hold-tickets';
import { decideRelease } from './release-hold';

const of = (quantity: number, ticketTypeId = stalls) => ({ ticketTypeId, quantity });
const rules = { liveHoldsPerBuyer: 2 };
const cancelled = { eventId, version: 2, organizerId: 'o', title: 'Gone', cancelledAt: noon };

describe('booking for a group', () => {
  it('sets all its parts aside for two hours, each with an invitation of its own', () => {
    const office = new BoxOffice();
    const parts = [{ lines: [of(2), of(1, balcony)] }, { lines: [of(3)] }];
    const booked = office.book('lea', [], { parts });
    expect(booked).toMatchObject({ expiresAt: '2027-01-05T14:00:00.000Z', group: { userId: 'lea' } });
    expect(booked.parts.map(({ hold }) => hold.lines)).toEqual(parts.map(({ lines }) => lines));
    expect(new Set(booked.parts.map(({ invitation }) => invitation)).size).toBe(2);
    expect(JSON.stringify(office.stock.holds.hold(booked.parts[0]!.hold.holdId))).not.toContain(
      'invitation to',
    );
    expect(office.stock.counts.list).toMatchObject([{ held: 5 }, { held: 1 }]);
  });

  it('is done once for one request, and is answered the same though the group has ended', () => {
    const office = new BoxOffice();
    const request = office.groupOf('lea', [2, 2]);
    const book = () => office.visit((draft) => decideGroup(draft, request, rules, invite));
    const booked = book();
    expect(book()).toEqual(booked);
    office.releaseGroup(booked);
    expect(book().parts.map(({ invitation }) => invitation)).toEqual(
      booked.parts.map(({ invitation }) => invitation),
    );
    const other = { ...request, mark: { ...request.mark, fingerprint: 'another' } };
    expect(office.refusal((draft) => decideGroup(draft, other, rules, invite))).toBe(
      'idempotency-key-reused',
    );
  });

  it('is done whole or not at all', () => {
    const office = new BoxOffice();
    expect(office.refusesToBook('lea', [5, 6])).toBe('sold-out');
    expect(office.stock.counts.list[0]).toMatchObject({ held: 0 });
    office.book('lea', [5, 5]);
    expect(office.refusesToHold('ada', 1)).toBe('sold-out');
  });

  it('seats the group together where it can, and each part within it', () => {
    const office = new BoxOffice(concertIn(['.....', '....']));
    const booked = office.book('lea', [2, 3]);
    expect(booked.parts.map(({ hold }) => hold.lines[0]?.seats)).toEqual([
      ['Parkett/1/1', 'Parkett/1/2'],
      ['Parkett/1/3', 'Parkett/1/4', 'Parkett/1/5'],
    ]);
  });

  const strict = concert().ticketTypes.map((type) => ({ ...type, maxPerBuyer: 2, capacity: 200 }));
  it.each([
    [
      'for more tickets than a group may have',
      'group-too-large',
      { ticketTypes: strict.map((t) => ({ ...t, maxPerBuyer: 8 })) },
      Array(13).fill(8),
    ],
    [
      'for a part that is more than one buyer may have',
      'buyer-limit-reached',
      { ticketTypes: strict },
      [2, 3],
    ],
    ['for a part that is more than an order may have', 'quantity-above-maximum', {}, [9, 1]],
  ])('is refused %s', (_, code, event, sizes: number[]) => {
    expect(new BoxOffice(concert(event)).refusesToBook('lea', sizes)).toBe(code);
  });

  it('counts as one hold of its leader’s, while it is open', () => {
    const office = new BoxOffice();
    const asks = () =>
      office.refusal((draft) => decideGroup(draft, office.groupOf('lea', [1, 1]), rules, invite));
    const booked = office.book('lea', [1, 1]);
    office.hold('lea', 1);
    expect(asks()).toBe('too-many-holds');
    const hold = { ...office.asks('lea', 1) };
    expect(office.refusal((draft) => decideHold(draft, hold, rules))).toBe('too-many-holds');
    office.releaseGroup(booked);
    expect(asks()).toBe('no refusal');
  });

  it('is refused for what is cancelled', () => {
    const office = new BoxOffice();
    office.visit((draft) => decideCancellation(draft, cancelled));
    expect(office.refusesToBook('lea', [1, 1])).toBe('event-cancelled');
  });
});

describe('a part of a group', () => {
  it('is whoever’s shows its invitation first: again, they get the same, and others nothing', () => {
    const office = new BoxOffice();
    const booked = office.book('lea', [2, 2]);
    const hold = office.claim(booked, 2, 'ada');
    expect(hold).toMatchObject({ userId: 'ada', status: 'held', expiresAt: booked.expiresAt });
    expect(office.claim(booked, 2, 'ada')).toEqual(hold);
    expect(() => office.claim(booked, 2, 'ben')).toThrow('Somebody else');
    expect(office.claim(booked, 1, 'ben').userId).toBe('ben');
  });

  it('is not told from none without its own invitation', () => {
    const office = new BoxOffice();
    const { group, parts } = office.book('lea', [1, 1]);
    const { groupId } = group;
    const [{ invitation } = { invitation: '' }] = parts;
    for (const claim of [
      { groupId, part: 2, invitation },
      { groupId, part: 3, invitation },
      { groupId, part: 1, invitation: `${invitation}x` },
      { groupId: parts[0]!.hold.holdId, part: 1, invitation },
    ])
      expect(office.refusal((draft) => decideClaim(draft, { ...claim, userId: 'ada' }, rules))).toBe(
        'invitation-unknown',
      );
  });

  it('counts for its claimant, as any hold does, and for nobody before', () => {
    const ticketTypes = concert().ticketTypes.map((type) => ({ ...type, maxPerBuyer: 3 }));
    const office = new BoxOffice(concert({ ticketTypes }));
    const booked = office.book('lea', [2, 2, 2]);
    const { groupId } = booked.group;
    const claims = (part: number, userId: string, liveHoldsPerBuyer = 2) => {
      const claim = { groupId, part, invitation: invite(groupId, part), userId };
      return office.refusal((draft) => decideClaim(draft, claim, { liveHoldsPerBuyer }));
    };
    expect(office.hold('lea', 3).status).toBe('held');
    expect(claims(1, 'lea')).toBe('too-many-holds');
    expect(claims(1, 'lea', 9)).toBe('buyer-limit-reached');
    office.hold('ada', 1);
    office.claim(booked, 1, 'ada');
    expect(claims(2, 'ada')).toBe('too-many-holds');
    office.claim(booked, 2, 'ben');
    expect(claims(3, 'ben')).toBe('buyer-limit-reached');
    office.releaseGroup(booked);
    expect(office.hold('ben', 3).status).toBe('held');
  });

  it('is neither released nor extended by itself', () => {
    const office = new BoxOffice();
    const { holdId } = office.claim(office.book('lea', [1, 1]), 1, 'ada');
    expect(office.refusal((draft) => decideRelease(draft, holdId, 'ada'))).toBe('hold-of-group');
    const extension = { holdId, userId: 'ada', key: 'k' };
    expect(office.refusal((draft) => decideExtension(draft, extension))).toBe('hold-of-group');
  });

  it('can’t be claimed once its group has ended, or its event is cancelled', () => {
    const office = new BoxOffice();
    const booked = office.book('lea', [1, 1]);
    office.pass({ hours: 2 });
    expect(() => office.claim(booked, 1, 'ada')).toThrow('has ended');
    const again = office.book('lea', [1, 1]);
    office.visit((draft) => decideCancellation(draft, cancelled));
    expect(() => office.claim(again, 1, 'ada')).toThrow('cancelled');
  });
});
