import { describe, expect, it } from '@jest/globals';
import { Counts } from './counts';
import { Journal } from './journal';

const line = (ticketTypeId: string, quantity: number) => ({ ticketTypeId, quantity });

/** Early and regular tickets, 8 and 10 at the most, share a hall of 12; a box stands apart. */
function hall(): Counts {
  const counts = new Counts(new Journal());
  counts.resizePool('hall', 12);
  counts.resize('early', 8, 'hall');
  counts.resize('regular', 10, 'hall');
  counts.resize('box', 2);
  return counts;
}

describe('a pool', () => {
  it('lets its ticket types have no more together than it has', () => {
    const counts = hall();
    counts.hold([line('early', 7)]);
    expect([counts.availableOf('early'), counts.availableOf('regular'), counts.availableOf('box')]).toEqual([
      1, 5, 2,
    ]);
    counts.confirm([line('early', 7)]);
    expect([counts.takenOfPool('hall'), counts.roomIn('hall')]).toEqual([7, 5]);
  });

  it('has room again for any of them once one gives back, held or sold', () => {
    const counts = hall();
    counts.hold([line('early', 6), line('regular', 6)]);
    expect(counts.availableOf('regular')).toBe(0);
    counts.release([line('regular', 2)]);
    counts.confirm([line('early', 6)]);
    counts.takeBack([line('early', 1)]);
    expect([counts.availableOf('early'), counts.availableOf('regular')]).toEqual([3, 3]);
  });

  it('is short for a basket that would fit line by line, and not together', () => {
    const counts = hall();
    counts.hold([line('early', 6)]);
    expect(counts.shortOf([line('early', 2)])).toEqual([]);
    expect(counts.shortOf([line('early', 2), line('regular', 5), line('box', 1)])).toEqual([
      { ticketTypeId: 'early', available: 2 },
      { ticketTypeId: 'regular', available: 6 },
    ]);
    expect(counts.shortOf([line('box', 3)])).toEqual([{ ticketTypeId: 'box', available: 2 }]);
  });

  it('shrinks to what is taken at first, and the rest of the way as holds end', () => {
    const counts = hall();
    counts.hold([line('early', 6), line('regular', 4)]);
    expect(counts.resizePool('hall', 5)).toEqual({ poolId: 'hall', capacity: 10, wanted: 5 });
    counts.release([line('early', 3)]);
    expect(counts.pool('hall')).toEqual({ poolId: 'hall', capacity: 7, wanted: 5 });
    counts.release([line('early', 3)]);
    expect(counts.pool('hall')).toEqual({ poolId: 'hall', capacity: 5 });
    expect(counts.availableOf('regular')).toBe(1);
  });

  it('that a ticket type with stock taken joins grows to what is taken, for as long as it must', () => {
    const counts = hall();
    counts.hold([line('early', 8), line('regular', 4), line('box', 2)]);
    counts.resize('box', 2, 'hall');
    expect(counts.pool('hall')).toEqual({ poolId: 'hall', capacity: 14, wanted: 12 });
    counts.release([line('early', 8)]);
    expect(counts.pool('hall')).toEqual({ poolId: 'hall', capacity: 12 });
  });
});
