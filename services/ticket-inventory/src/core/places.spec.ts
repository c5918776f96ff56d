import { describe, expect, it } from '@jest/globals';
import { placeOf, eventOf, holdIdAt, suffixOf } from './places';

const eventId = '01jv0h5c9n3yq8t6w2b4d7f1ga';

describe('a place in the history', () => {
  it('has a suffix of 12 characters that sorts as history does', () => {
    const places = [
      { epoch: 1, sequence: 1, index: 0 },
      { epoch: 1, sequence: 1, index: 31 },
      { epoch: 1, sequence: 1, index: 32 },
      { epoch: 1, sequence: 2, index: 0 },
      { epoch: 1, sequence: 34_359_738_367, index: 32_767 },
      { epoch: 2, sequence: 1, index: 0 },
    ];
    const suffixes = places.map(suffixOf);
    expect([...suffixes].sort()).toEqual(suffixes);
    expect(new Set(suffixes).size).toBe(places.length);
    for (const suffix of suffixes) expect(suffix).toHaveLength(12);
  });

  it('is in the ids of what was made there, holds and tickets', () => {
    for (const place of [
      { epoch: 1, sequence: 1, index: 0 },
      { epoch: 33, sequence: 34_359_738_367, index: 32_767 },
    ]) {
      const holdId = holdIdAt(eventId, place);
      for (const id of [holdId, `${holdId}-12`]) expect(placeOf(id)).toEqual(place);
    }
  });

  it('is found again: ids of holds and tickets tell their event, and nothing else passes for one', () => {
    const holdId = holdIdAt(eventId, { epoch: 1, sequence: 7, index: 3 });
    expect(eventOf(holdId)).toBe(eventId);
    expect(eventOf(`${holdId}-12`)).toBe(eventId);
    for (const other of [
      '',
      eventId,
      `${holdId}-0`,
      `${holdId}-1-1`,
      `${holdId}x`,
      holdId.toUpperCase(),
      `${holdId}/..`,
    ])
      expect(eventOf(other)).toBeUndefined();
  });
});
