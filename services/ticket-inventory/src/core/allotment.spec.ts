import { describe, expect, it } from '@jest/globals';
import {
  availableOf,
  opened,
  resized,
  withConfirmed,
  withHeld,
  withReleased,
  withReturned,
} from './allotment';

describe('an allotment', () => {
  const ten = opened('stalls', 10);

  it('counts what is held and sold against its capacity', () => {
    const some = withConfirmed(withHeld(withHeld(ten, 3), 2), 2);
    expect(some).toEqual({ ticketTypeId: 'stalls', capacity: 10, held: 3, sold: 2 });
    expect(availableOf(some)).toBe(5);
  });

  it('is exactly as before once a hold is given back', () => {
    expect(withReleased(withHeld(ten, 4), 4)).toEqual(ten);
  });

  it('is exactly as before once a sale is undone', () => {
    expect(withReturned(withConfirmed(withHeld(ten, 4), 4), 4)).toEqual(ten);
  });

  it('refuses to become what does not add up', () => {
    expect(() => withHeld(ten, 11)).toThrow('would not add up');
    expect(() => withReleased(withHeld(ten, 1), 2)).toThrow('would not add up');
    expect(() => withReturned(withHeld(ten, 1), 1)).toThrow('would not add up');
    expect(() => withConfirmed(ten, 1)).toThrow('would not add up');
  });

  it('shrinks to what is taken at first, and the rest of the way as holds end', () => {
    const shrunk = resized(withHeld(withConfirmed(withHeld(ten, 2), 2), 6), 5);
    expect(shrunk).toMatchObject({ capacity: 8, held: 6, sold: 2, wanted: 5 });
    expect(withReleased(shrunk, 1)).toMatchObject({ capacity: 7, held: 5, wanted: 5 });
    expect(withReleased(shrunk, 4)).toEqual({ ticketTypeId: 'stalls', capacity: 5, held: 2, sold: 2 });
    expect(withConfirmed(shrunk, 6)).toMatchObject({ capacity: 8, sold: 8, wanted: 5 });
  });

  it('grows at once, and forgets that it was to shrink', () => {
    const shrunk = resized(withHeld(ten, 8), 5);
    expect(resized(shrunk, 20)).toEqual({ ticketTypeId: 'stalls', capacity: 20, held: 8, sold: 0 });
  });
});
