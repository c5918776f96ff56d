import { describe, expect, it } from '@jest/globals';
import { instant } from '@boxoffice/shared/kernel';
import type { SeatMap } from './seat-map';
import { faultsOfSeating, seatsOnSale, seatsSoldAs, type SeatedSection } from './seating';
import type { TicketType } from './ticket-type';

const rowA = { name: 'A', first: 1, last: 10, gaps: [5], accessible: [1] };
const rowB = { name: 'B', first: 1, last: 12 };
const rowC = { name: 'C', first: 3, last: 4 };
const map: SeatMap = {
  seatMapId: 'map',
  venueId: 'venue',
  addedBy: 'olivia',
  name: 'Great hall',
  sections: [
    { name: 'Parkett', rows: [rowA, rowB] },
    { name: 'Galerie', rows: [rowA, rowC] },
  ],
  addedAt: instant('2027-01-01T00:00:00Z'),
  removedAt: undefined,
};
const ticketType = (ticketTypeId: string, minPerOrder = 1): TicketType => ({
  ticketTypeId,
  name: ticketTypeId,
  description: '',
  priceMinor: 100,
  capacity: 1,
  salesFrom: undefined,
  salesUntil: undefined,
  minPerOrder,
  maxPerOrder: 10,
  maxPerBuyer: undefined,
  poolId: undefined,
  accessCodes: undefined,
});
const seating = (...sections: readonly SeatedSection[]) => ({ seatMapId: 'map', sections });
const faultsOf = (...sections: readonly SeatedSection[]) =>
  faultsOfSeating(seating(...sections), map, [ticketType('best'), ticketType('cheap', 3)]).map(
    ({ field, code }) => `${field}: ${code}`,
  );

describe('a seating', () => {
  it('sells whole sections, or rows of them, in the order of the map; the rest is not sold', () => {
    const onSale = seatsOnSale(
      map,
      seating(
        { section: 'Galerie', ticketTypeId: 'cheap', rows: ['A'] },
        { section: 'Parkett', ticketTypeId: 'best' },
      ),
    );
    expect(onSale).toEqual({
      sections: [
        {
          name: 'Parkett',
          rows: [
            { ...rowA, ticketTypeId: 'best' },
            { ...rowB, ticketTypeId: 'best' },
          ],
        },
        { name: 'Galerie', rows: [{ ...rowA, ticketTypeId: 'cheap' }] },
      ],
    });
    expect([seatsSoldAs('best', onSale), seatsSoldAs('cheap', onSale)]).toEqual([21, 9]);
  });

  it('may sell the rows of a section as different ticket types', () => {
    expect(
      faultsOf(
        { section: 'Parkett', ticketTypeId: 'best', rows: ['A'] },
        { section: 'Parkett', ticketTypeId: 'cheap', rows: ['B'] },
      ),
    ).toEqual([]);
  });

  it('is told everything that is wrong with it, and where', () => {
    expect(
      faultsOf(
        { section: 'Loge', ticketTypeId: 'best', rows: ['A'] },
        { section: 'Parkett', ticketTypeId: 'worst', rows: ['A', 'Z', 'A'] },
        { section: 'Parkett', ticketTypeId: 'best' },
      ),
    ).toEqual([
      'sections[0].section: unknown-section',
      'sections[1].ticketTypeId: unknown-ticket-type',
      'sections[1].rows[1]: unknown-row',
      'sections[1].rows[2]: row-twice',
      'sections[2].section: row-twice',
    ]);
    expect(faultsOf({ section: 'Galerie', ticketTypeId: 'cheap', rows: ['C'] })).toEqual([
      'sections: min-over-seats',
    ]);
  });
});
