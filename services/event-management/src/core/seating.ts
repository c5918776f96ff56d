import type { SeatMap as SeatMapOnSale } from '@boxoffice/shared/contracts';
import type { Reason } from './refusals';
import { seatsOf, type SeatMap } from './seat-map';
import type { TicketType } from './ticket-type';

/** Which seats of a venue's map are sold as what; those that are not mentioned aren't sold. */
export interface Seating {
  readonly seatMapId: string;
  readonly sections: readonly SeatedSection[];
}

/** A whole section, or these of its rows. */
export interface SeatedSection {
  readonly section: string;
  readonly ticketTypeId: string;
  readonly rows?: readonly string[];
}

export const isSeated = (seating: Seating | undefined, ticketTypeId: string): boolean =>
  seating?.sections.some((section) => section.ticketTypeId === ticketTypeId) === true;

/** The rows of the map that are sold, each with its ticket type. */
export function seatsOnSale(map: SeatMap, seating: Seating): SeatMapOnSale {
  const soldAs = new Map(assignments(map, seating).map(({ place, ticketTypeId }) => [place, ticketTypeId]));
  const sections = map.sections.map(({ name, rows }) => ({
    name,
    rows: rows.flatMap((row) => {
      const ticketTypeId = soldAs.get(placeOf(name, row.name));
      return ticketTypeId === undefined ? [] : [{ ...row, ticketTypeId }];
    }),
  }));
  return { sections: sections.filter(({ rows }) => rows.length > 0) };
}

export const seatsSoldAs = (ticketTypeId: string, { sections }: SeatMapOnSale): number =>
  seatsOf(sections.map(({ rows }) => ({ rows: rows.filter((row) => row.ticketTypeId === ticketTypeId) })));

/** What is wrong with a seating on this map, all of it. */
export function faultsOfSeating(
  seating: Seating,
  map: SeatMap,
  ticketTypes: readonly TicketType[],
): readonly Reason[] {
  const faults = [
    ...seating.sections.flatMap((seated, i) => nameFaults(seated, map, ticketTypes, `sections[${i}]`)),
    ...rowFaults(seating, map),
  ];
  // How many seats each has can be told once that is right.
  return faults.length > 0 ? faults : numberFaults(seating, map, ticketTypes);
}

function nameFaults(
  { section, ticketTypeId }: SeatedSection,
  map: SeatMap,
  ticketTypes: readonly TicketType[],
  at: string,
): readonly Reason[] {
  const faults: Reason[] = [];
  if (!map.sections.some(({ name }) => name === section))
    faults.push({
      field: `${at}.section`,
      code: 'unknown-section',
      message: 'the map has no section of this name',
    });
  if (!ticketTypes.some((ticketType) => ticketType.ticketTypeId === ticketTypeId))
    faults.push({
      field: `${at}.ticketTypeId`,
      code: 'unknown-ticket-type',
      message: 'this event has no such ticket type',
    });
  return faults;
}

function rowFaults(seating: Seating, map: SeatMap): readonly Reason[] {
  const places = new Set(
    map.sections.flatMap(({ name, rows }) => rows.map((row) => placeOf(name, row.name))),
  );
  const taken = new Set<string>();
  return assignments(map, seating).flatMap(({ place, field }) => {
    if (!places.has(place))
      return [{ field, code: 'unknown-row', message: 'the section has no row of this name' }];
    if (taken.has(place))
      return [{ field, code: 'row-twice', message: `the seats of ${place} are assigned twice` }];
    taken.add(place);
    return [];
  });
}

function numberFaults(seating: Seating, map: SeatMap, ticketTypes: readonly TicketType[]): readonly Reason[] {
  const onSale = seatsOnSale(map, seating);
  return ticketTypes
    .filter(({ ticketTypeId }) => isSeated(seating, ticketTypeId))
    .filter(({ ticketTypeId, minPerOrder }) => minPerOrder > seatsSoldAs(ticketTypeId, onSale))
    .map(({ name, minPerOrder }) => ({
      field: 'sections',
      code: 'min-over-seats',
      message: `an order has at least ${minPerOrder} of “${name}”, which has fewer seats`,
    }));
}

interface Assignment {
  readonly place: string;
  readonly ticketTypeId: string;
  /** Where it says so. */
  readonly field: string;
}

/** Row by row, those of sections that the map hasn't left out. */
const assignments = (map: SeatMap, { sections }: Seating): readonly Assignment[] =>
  sections.flatMap(({ section, ticketTypeId, rows }, i) => {
    const drawn = map.sections.find(({ name }) => name === section);
    if (!drawn) return [];
    const at = `sections[${i}]`;
    return rows
      ? rows.map((row, j) => ({ place: placeOf(section, row), ticketTypeId, field: `${at}.rows[${j}]` }))
      : drawn.rows.map(({ name }) => ({
          place: placeOf(section, name),
          ticketTypeId,
          field: `${at}.section`,
        }));
  });

/** No name has a `/`. */
const placeOf = (section: string, row: string): string => `${section}/${row}`;
