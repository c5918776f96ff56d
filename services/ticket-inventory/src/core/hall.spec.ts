import type { SeatMap, SeatRow } from '@boxoffice/shared/contracts';
import { describe, expect, it } from '@jest/globals';
import { balcony, stalls } from '../../test/season';
import { areSideBySide, Hall } from './hall';
import { faultsOfSeatMap, mostPlacesInARow } from './hall-faults';

const row = (changes: Partial<SeatRow> = {}): SeatRow => ({
  name: 'A',
  ticketTypeId: stalls,
  first: 1,
  last: 6,
  ...changes,
});
const mapOf = (...rows: readonly SeatRow[]): SeatMap => ({ sections: [{ name: 'Parkett', rows }] });

describe('a hall', () => {
  const hall = new Hall({
    sections: [
      {
        name: 'Parkett',
        rows: [row({ gaps: [3], accessible: [1], restrictedView: [6] }), row({ name: 'B' })],
      },
      { name: 'Rang links', rows: [row({ first: 11, last: 12, ticketTypeId: balcony })] },
      { name: 'Parkett', rows: [row({ first: 7, last: 8, ticketTypeId: balcony })] },
    ],
  });

  it('knows each seat by its name and by its place', () => {
    const seats = Array.from({ length: hall.places }, (_, place) => place).filter(hall.isSeat);
    expect(seats).toHaveLength(15);
    for (const place of seats) expect(hall.placeOf(hall.seatAt(place))).toBe(place);
    expect(hall.seatAt(12)).toBe('Rang links/A/11');
  });

  it.each([
    'Parkett/A/3',
    'Parkett/A/9',
    'Parkett/A/01',
    'Parkett/A/1.5',
    'Parkett/C/1',
    'Rang/A/11',
    'A/1',
    '',
  ])('has no seat that is called %p', (name) => expect(hall.placeOf(name)).toBeUndefined());

  it('finds the parts of a row that are listed apart', () => {
    expect(hall.rowAt(hall.placeOf('Parkett/A/2') ?? -1).ticketTypeId).toBe(stalls);
    expect(hall.rowAt(hall.placeOf('Parkett/A/8') ?? -1).ticketTypeId).toBe(balcony);
    expect(hall.rowsOf(balcony).map(({ section }) => section)).toEqual(['Rang links', 'Parkett']);
    expect(hall.rowsOf('standing')).toEqual([]);
  });

  it('knows its marks', () => {
    const marked = (is: (place: number) => boolean) =>
      Array.from({ length: hall.places }, (_, place) => place).filter(is);
    expect(marked(hall.isAccessible)).toEqual([0]);
    expect(marked(hall.hasRestrictedView)).toEqual([5]);
    expect([hall.accessibleIn(0, 4), hall.accessibleIn(1, 4), hall.restrictedIn(4, 6)]).toEqual([1, 0, 1]);
  });

  it.each([
    [true, ['Parkett/A/5', 'Parkett/A/4', 'Parkett/A/6']],
    [false, ['Parkett/A/2', 'Parkett/A/4']], // a gap between
    [false, ['Parkett/A/5', 'Parkett/A/6', 'Parkett/B/1']], // another row
    [true, ['Parkett/A/1']],
  ])('can say whether seats are side by side: %p for %p', (expected, seats) => {
    expect(areSideBySide(seats)).toBe(expected);
  });
});

describe('a seat map', () => {
  const types = [
    { ticketTypeId: stalls, capacity: 5 },
    { ticketTypeId: balcony, capacity: 70 },
  ];

  it('has no faults where each ticket type has as many seats as its capacity, or none at all', () => {
    expect(faultsOfSeatMap(mapOf(row({ gaps: [2], accessible: [1], restrictedView: [1] })), types)).toEqual(
      [],
    );
    expect(faultsOfSeatMap(mapOf(row({ last: 3 }), row({ first: 4, last: 5 })), types)).toEqual([]);
  });

  it.each<readonly [string, SeatMap]>([
    ['row Parkett/A has seats twice: 4', mapOf(row({ last: 4 }), row({ first: 4, last: 4 }))],
    ['row Parkett/A begins at 7, behind its last seat, 6', mapOf(row({ first: 7 }))],
    ['row Parkett/A goes from 1 to 1.5, which are not whole numbers from 0', mapOf(row({ last: 1.5 }))],
    ['row Parkett/A goes from -1 to 6, which are not whole numbers from 0', mapOf(row({ first: -1 }))],
    [`row Parkett/A has more than ${mostPlacesInARow} places`, mapOf(row({ last: 1e9 }))],
    ['the map has more than 250000 places', mapOf(...Array.from({ length: 251 }, () => row({ last: 1000 })))],
    ['row Parkett/A is of an unknown ticket type, standing', mapOf(row({ ticketTypeId: 'standing' }))],
    ['row Parkett/A marks what is not in it: 7, 0', mapOf(row({ gaps: [7], accessible: [0] }))],
    ['row Parkett/A marks gaps as seats: 2', mapOf(row({ gaps: [2], restrictedView: [2] }))],
    [`"A/1" can't be part of a seat's name`, mapOf(row({ name: 'A/1' }))],
    [`" A" can't be part of a seat's name`, mapOf(row({ name: ' A' }))],
    [`"" can't be part of a seat's name`, { sections: [{ name: '', rows: [row({ last: 5 })] }] }],
    [`capacity of ${stalls} is 5, its seats are 6`, mapOf(row())],
  ])('is faulty: %s', (fault, map) => {
    expect(faultsOfSeatMap(map, types)).toEqual([fault]);
  });

  it('tells all faults of its rows', () => {
    const map = mapOf(row({ first: 9, ticketTypeId: 'standing' }), row({ name: 'a/b', last: 5 }));
    expect(faultsOfSeatMap(map, types)).toHaveLength(3);
  });
});
