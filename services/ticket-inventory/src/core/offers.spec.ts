import { describe, expect, it } from '@jest/globals';
import { after } from '@boxoffice/shared/kernel';
import { accessCodeHash } from '@boxoffice/shared/tokens';
import { BoxOffice, soldOut } from '../../test/box-office';
import { balcony, concert, eventId, noon, stalls } from '../../test/season';
import { decideCancellation } from './cancel-sales';
import { doorLimits } from './door';
import { decideExtension } from './extend-hold';
import { decideLeaving } from './leave-waiting-list';
import { availableAtCounter, makeOffers } from './offers';
import { decideOpening } from './open-sales';

const of = (quantity: number, ticketTypeId = stalls) => ({ ticketTypeId, quantity });

describe('stock that becomes free', () => {
  it('is held for whoever has waited longest, in the commit that frees it', () => {
    const { office, held } = soldOut(2, 2);
    const [ada, ben] = [office.join('ada', 2), office.join('ben', 2)];
    office.release(held[0]!);
    const offer = { status: 'held', userId: 'ada', entryId: ada.entryId, lines: [of(2)] };
    expect(office.offerTo(ada)).toMatchObject(offer);
    expect([office.state(ben), office.atCounter()]).toEqual(['waiting', 0]);
  });

  it('is never on sale first: what falls due is offered before whoever comes next is served', () => {
    const { office } = soldOut(1, 1);
    const [ada, ben] = [office.join('ada', 1), office.join('ben', 1)];
    office.pass({ minutes: 120 });
    expect(office.refusesToHold('eve', 1)).toBe('sold-out');
    expect([office.state(ada), office.state(ben)]).toEqual(['offered', 'offered']);
  });

  it('is offered all or none, to the oldest whom it is enough for', () => {
    const { office, held } = soldOut(1, 3);
    const [group, single] = [office.join('group', 4), office.join('single', 1)];
    office.release(held[0]!);
    expect([office.state(group), office.state(single)]).toEqual(['waiting', 'offered']);
    office.release(held[1]!);
    expect(office.state(group)).toBe('waiting');
    office.leave(single);
    expect(office.offerTo(group).lines).toEqual([of(4)]);
  });

  it('is offered when a ticket comes back, and when an organiser adds some', () => {
    const { office, held } = soldOut(2);
    office.pay(held[0]!);
    const [ada, ben] = [office.join('ada', 1), office.join('ben', 1)];
    office.giveBack('sol', of(1));
    expect([office.state(ada), office.state(ben)]).toEqual(['offered', 'waiting']);
    office.visit((draft) => decideOpening(draft, concert({ version: 2 }, [3, 0])));
    expect(office.state(ben)).toBe('offered');
  });

  it('is never more than there is, however many wait', () => {
    const { office, held } = soldOut(3, 2);
    const entries = Array.from({ length: 9 }, (_, i) => office.join(`buyer-${i}`, 1));
    for (const hold of held) office.release(hold);
    expect(entries.filter((entry) => office.state(entry) === 'offered')).toHaveLength(5);
    expect(office.stock.counts.list[0]).toMatchObject({ capacity: 5, held: 5 });
  });

  it('respects the pool that ticket types share, and serves the oldest of both', () => {
    const pools = [{ poolId: 'hall', name: 'Hall', capacity: 4 }];
    const ticketTypes = concert({}, [4, 4]).ticketTypes.map((type) => ({ ...type, poolId: 'hall' }));
    const office = new BoxOffice(concert({ pools, ticketTypes }));
    const held = office.hold('sol', 4);
    const up = office.join('up', 3, { ticketTypeId: balcony });
    const down = office.join('down', 3);
    office.release(held);
    expect([office.state(up), office.state(down)]).toEqual(['offered', 'waiting']);
    expect([office.atCounter(), office.atCounter(balcony)]).toEqual([1, 1]);
  });

  it('is offered to nobody whose sales have closed, but to who waits for what is sold instead', () => {
    // pretix 2119: once the early birds' sales had closed, nobody could say whose turn it was.
    const pools = [{ poolId: 'hall', name: 'Hall', capacity: 2 }];
    const [early, regular] = concert({}, [2, 2]).ticketTypes.map((type) => ({ ...type, poolId: 'hall' }));
    const salesUntil = after(noon, { hours: 3 });
    const office = new BoxOffice(concert({ pools, ticketTypes: [{ ...early!, salesUntil }, regular!] }));
    office.pay(office.hold('sol', 2));
    const bird = office.join('bird', 1);
    const later = office.join('later', 1, { ticketTypeId: balcony });
    office.now = salesUntil;
    office.giveBack('sol', of(2));
    expect([office.state(bird), office.state(later)]).toEqual(['waiting', 'offered']);
  });

  it('of an event that is cancelled is offered to nobody', () => {
    const { office, held } = soldOut(1);
    const ada = office.join('ada', 1);
    const cancelled = { eventId, version: 2, organizerId: 'o', title: 'Gone', cancelledAt: noon };
    office.visit((draft) => decideCancellation(draft, cancelled));
    office.release(held[0]!);
    expect(office.state(ada)).toBe('waiting');
  });

  it('is offered to nobody who may not have it any more, and to the next instead', () => {
    const ticketTypes = concert({}, [4, 4]).ticketTypes.map((type) => ({ ...type, maxPerBuyer: 2 }));
    const office = new BoxOffice(concert({ ticketTypes, holdMinutes: 120 }));
    const held = office.hold('sol', 2);
    office.hold('ben', 1);
    const [ada, cem] = [office.join('ada', 2), office.join('cem', 2)];
    office.hold('ada', 1);
    office.release(held);
    expect([office.state(ada), office.state(cem)]).toEqual(['waiting', 'offered']);
  });

  it('of a hidden ticket type is for who named a code that still holds', () => {
    const codes = (...names: string[]) => {
      const [type, other] = concert({}, [1, 1]).ticketTypes;
      return [{ ...type!, accessCodes: names.map((name) => accessCodeHash(stalls, name)) }, other!];
    };
    const office = new BoxOffice(concert({ ticketTypes: codes('OLD', 'NEW') }));
    const held = office.hold('sol', 1, { accessCode: 'new' });
    const old = office.join('old', 1, { accessCode: 'old' });
    const fresh = office.join('fresh', 1, { accessCode: 'NEW' });
    office.visit((draft) => decideOpening(draft, concert({ version: 2, ticketTypes: codes('NEW') })));
    office.release(held);
    expect([office.state(old), office.state(fresh)]).toEqual(['waiting', 'offered']);
  });

  it('is offered by its best seats, where they are numbered; accessible ones are not for everyone', () => {
    const rows = [{ name: 'A', ticketTypeId: stalls, first: 1, last: 5, accessible: [1] }];
    const seatMap = { sections: [{ name: 'P', rows }] };
    const office = new BoxOffice(concert({ seatMap }, [5, 0]));
    const held = office.hold('sol', 4);
    expect(held.lines[0]?.seats).not.toContain('P/A/1');
    const [ada, ben] = [office.join('ada', 2), office.join('ben', 3)];
    office.release(held);
    expect(office.offerTo(ada).lines[0]?.seats).toHaveLength(2);
    expect([office.state(ben), office.stock.counts.availableOf(stalls)]).toEqual(['waiting', 3]);
  });
});

describe('an offer', () => {
  it('lasts as long as a hold, half an hour at the least, and never beyond sales', () => {
    const lasts = (holdMinutes: number, untilSalesEnd = 600) => {
      const salesUntil = after(noon, { minutes: untilSalesEnd });
      const ticketTypes = concert({}, [1, 0]).ticketTypes.map((type) => ({ ...type, salesUntil }));
      const office = new BoxOffice(concert({ ticketTypes, holdMinutes }));
      const held = office.hold('sol', 1);
      const ada = office.join('ada', 1);
      office.release(held);
      return (Date.parse(office.offerTo(ada).expiresAt) - Date.parse(noon)) / 60_000;
    };
    expect([lasts(15), lasts(45), lasts(120, 50)]).toEqual([30, 45, 50]);
  });

  it('passes on to the next in the commit that ends it, and its entry has lapsed', () => {
    const { office, held } = soldOut(1);
    const [ada, ben] = [office.join('ada', 1), office.join('ben', 1)];
    office.release(held[0]!);
    office.pass({ minutes: 120 });
    office.visit(() => undefined);
    expect([office.state(ada), office.state(ben)]).toEqual(['lapsed', 'offered']);
    expect(office.stock.counts.list[0]).toMatchObject({ held: 1, sold: 0 });
  });

  it('is taken once it is paid for', () => {
    const { office, held } = soldOut(1);
    const ada = office.join('ada', 1);
    office.release(held[0]!);
    expect(office.pay(office.offerTo(ada))?.status).toBe('issued');
    expect(office.state(ada)).toBe('taken');
    expect(office.refusal((draft) => decideLeaving(draft, ada.entryId, 'ada'))).toBe('hold-confirmed');
  });

  it('can be given up, by its hold or by its entry, and passes on', () => {
    const { office, held } = soldOut(1);
    const [ada, ben, cem] = ['ada', 'ben', 'cem'].map((name) => office.join(name, 1));
    office.release(held[0]!);
    office.release(office.offerTo(ada!));
    expect([office.state(ada!), office.state(ben!)]).toEqual(['withdrawn', 'offered']);
    office.leave(ben!);
    expect(office.leave(ben!).standing.state).toBe('withdrawn');
    expect(office.state(cem!)).toBe('offered');
  });

  it('is not extended, as others wait', () => {
    const { office, held } = soldOut(1);
    const ada = office.join('ada', 1);
    office.release(held[0]!);
    const extension = { holdId: office.offerTo(ada).holdId, userId: 'ada', key: 'k' };
    expect(office.refusal((draft) => decideExtension(draft, extension))).toBe('offer-not-extendable');
  });

  it('is made before a late payer is given what is free', () => {
    const { office, held } = soldOut(1);
    const ada = office.join('ada', 1);
    office.pass({ minutes: 120 });
    expect(office.pay(held[0]!)).toMatchObject({ status: 'refused', reason: 'sold-out' });
    expect(office.state(ada)).toBe('offered');
  });

  it('is forgotten a day after its end, and so is its entry; its key may then be used anew', () => {
    const { office, held } = soldOut(1);
    const ada = office.join('ada', 1);
    office.release(held[0]!);
    office.leave(ada);
    office.pass({ hours: 24 });
    office.visit(() => undefined);
    expect([office.state(ada), office.stock.waiting.madeUnder(ada.request.key)]).toEqual([
      undefined,
      undefined,
    ]);
  });
});

describe('more offers than a commit takes', () => {
  it('are made by the next; until then nothing of it is on sale', () => {
    const office = new BoxOffice(concert({}, [0, 0]));
    const entries = Array.from({ length: 5 }, (_, i) => office.join(`buyer-${i}`, 1));
    const few = { ...doorLimits, offers: 3 };
    office.stock.event = concert({ version: 2 }, [9, 0]);
    office.visit((draft) => {
      draft.resize(stalls, 9);
      makeOffers(draft, few);
      expect([draft.owesOffers, availableAtCounter(draft, stalls)]).toEqual([true, 0]);
    }, few);
    expect(entries.map(office.state)).toEqual(['offered', 'offered', 'offered', 'waiting', 'waiting']);
    office.visit((draft) => {
      expect([draft.owesOffers, availableAtCounter(draft, stalls)]).toEqual([false, 4]);
    }, few);
    expect(entries.map(office.state)).toEqual(Array.from({ length: 5 }, () => 'offered'));
  });
});
