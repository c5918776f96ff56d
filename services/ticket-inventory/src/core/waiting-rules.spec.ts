import { describe, expect, it } from '@jest/globals';
import { before } from '@boxoffice/shared/kernel';
import { BoxOffice, soldOut } from '../../test/box-office';
import { balcony, concert, stalls } from '../../test/season';
import type { Hold } from './hold';
import type { Entry } from './waiting-entry';
import { waitingRules } from './waiting-rules';

const of = (quantity: number, ticketTypeId = stalls) => ({ ticketTypeId, quantity });

/** A group of three that so many singles have passed by and bought, with four more tickets held. */
function passedOver(times: number): { office: BoxOffice; group: Entry; rest: readonly Hold[] } {
  const { office, held } = soldOut(...Array.from({ length: times + 4 }, () => 1));
  const group = office.join('group', 3);
  for (let i = 0; i < times; i++) {
    const single = office.join(`single-${i}`, 1);
    office.release(held[i]!);
    office.pay(office.offerTo(single));
  }
  return { office, group, rest: held.slice(times) };
}

describe('who was passed over often, or waits long,', () => {
  it('is senior: stock gathers for them, and neither who joined later nor the counter gets any', () => {
    const { office, group, rest } = passedOver(waitingRules.mostPassedOver);
    const late = office.join('late', 1);
    office.release(rest[0]!);
    office.release(rest[1]!);
    expect([office.state(group), office.state(late), office.atCounter()]).toEqual(['waiting', 'waiting', 0]);
    expect(office.refusesToHold('eve', 1)).toBe('sold-out');
    office.release(rest[2]!);
    expect([office.state(group), office.state(late)]).toEqual(['offered', 'waiting']);
    office.release(rest[3]!);
    expect(office.state(late)).toBe('offered');
  });

  it('is not so a little sooner', () => {
    const { office, group, rest } = passedOver(waitingRules.mostPassedOver - 1);
    office.release(rest[0]!);
    expect(office.atCounter()).toBe(1);
    const late = office.join('late', 2);
    office.release(rest[1]!);
    expect([office.state(group), office.state(late)]).toEqual(['waiting', 'offered']);
  });

  it('is senior after a day, though nothing has happened', () => {
    const { office, held } = soldOut(1, 3);
    office.pay(held[1]!);
    const group = office.join('group', 3);
    office.release(held[0]!);
    office.pass({ hours: waitingRules.seniorHours, minutes: -1 });
    expect(office.atCounter()).toBe(1);
    office.pass({ minutes: 1 });
    expect([office.atCounter(), office.state(group)]).toEqual([0, 'waiting']);
    office.leave(group);
    expect(office.atCounter()).toBe(1);
  });

  it('is so no longer in the last hours of sales: what is too little for them is sold', () => {
    const { office, group, rest } = passedOver(waitingRules.mostPassedOver);
    for (const hold of rest) office.pay(hold);
    const late = office.join('late', 1);
    office.giveBack('sol', of(2));
    expect(office.state(late)).toBe('waiting');
    const { salesUntil } = concert().ticketTypes[0]!;
    office.now = before(salesUntil, { hours: waitingRules.lastCallHours });
    expect(office.atCounter()).toBe(1);
    expect([office.state(group), office.state(late)]).toEqual(['waiting', 'offered']);
  });

  it('keeps of a shared pool what has gathered for them, and no more', () => {
    const pools = [{ poolId: 'hall', name: 'Hall', capacity: 8 }];
    const ticketTypes = concert({}, [4, 8]).ticketTypes.map((type) => ({ ...type, poolId: 'hall' }));
    const office = new BoxOffice(concert({ pools, ticketTypes }));
    office.pay(office.hold('sol', 4));
    const group = office.join('group', 3);
    office.pass({ hours: waitingRules.seniorHours });
    // The hall has room for four more, but none of it is of any use to who waits for stalls.
    expect(office.atCounter(balcony)).toBe(4);
    office.giveBack('sol', of(2));
    expect([office.atCounter(), office.atCounter(balcony)]).toEqual([0, 4]);
    office.giveBack('sol', of(1));
    expect([office.state(group), office.atCounter(balcony)]).toEqual(['offered', 4]);
  });

  it('is served before who joined later for another ticket type of the pool', () => {
    const pools = [{ poolId: 'hall', name: 'Hall', capacity: 4 }];
    const ticketTypes = concert({}, [4, 4]).ticketTypes.map((type) => ({ ...type, poolId: 'hall' }));
    const office = new BoxOffice(concert({ pools, ticketTypes }));
    office.pay(office.hold('sol', 4));
    const group = office.join('group', 3);
    const up = office.join('up', 1, { ticketTypeId: balcony });
    office.pass({ hours: waitingRules.seniorHours });
    office.giveBack('sol', of(2));
    expect([office.state(group), office.state(up)]).toEqual(['waiting', 'waiting']);
    office.giveBack('sol', of(1));
    expect([office.state(group), office.state(up)]).toEqual(['offered', 'waiting']);
  });
});
