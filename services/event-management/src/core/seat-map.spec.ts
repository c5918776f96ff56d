import { describe, expect, it } from '@jest/globals';
import { faultsOfSeatMap, seatsOf, type Row } from './seat-map';

const row = (name: string, change: Partial<Row> = {}): Row => ({ name, first: 1, last: 20, ...change });
const faultsOf = (...rows: readonly Row[]) =>
  faultsOfSeatMap([{ name: 'Parkett', rows }]).map(({ field, code }) => `${field}: ${code}`);

describe('a seat map', () => {
  it('has as many seats as numbers, without the gaps', () => {
    expect(seatsOf([{ rows: [row('A'), row('B', { first: 5, last: 9, gaps: [6, 7] })] }])).toBe(23);
  });

  it('is told everything that is wrong with it, and where', () => {
    expect(
      faultsOf(
        row('A'),
        row('a'),
        row('B', { first: 9, last: 8, gaps: [3] }),
        row('C', { last: 501 }),
        row('D', { gaps: [0, 5] }),
        row('E', { gaps: [5, 5] }),
        row('F', { gaps: [5], accessible: [5], restrictedView: [21] }),
        row('G', { last: 2, gaps: [1, 2] }),
      ),
    ).toEqual([
      'sections[0].rows[1].name: name-taken',
      'sections[0].rows[2].last: last-before-first',
      'sections[0].rows[3].last: row-too-long',
      'sections[0].rows[4].gaps: no-such-seats',
      'sections[0].rows[5].gaps: no-such-seats',
      'sections[0].rows[6].accessible: no-such-seats',
      'sections[0].rows[6].restrictedView: no-such-seats',
      'sections[0].rows[7].gaps: row-empty',
    ]);
    const twice = [
      { name: 'Parkett', rows: [row('A')] },
      { name: 'PARKETT', rows: [row('A')] },
    ];
    expect(faultsOfSeatMap(twice)).toMatchObject([{ field: 'sections[1].name', code: 'name-taken' }]);
  });

  it('may mark a seat as accessible and as of restricted view', () => {
    expect(faultsOf(row('A', { gaps: [1], accessible: [2, 3], restrictedView: [3] }))).toEqual([]);
  });

  it('has 50,000 seats at most', () => {
    const hundredRows = Array.from({ length: 100 }, (_, i) => row(`R${i}`, { last: 500 }));
    expect(faultsOf(...hundredRows)).toEqual([]);
    expect(faultsOf(...hundredRows, row('one more', { last: 1 }))).toEqual(['sections: too-many-seats']);
  });
});
