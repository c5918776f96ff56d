import type { Door, OwnRow } from './door';
import { eventNotFound, impossible, published } from './doors-events';
import { poolBody, seatingBody, seatMapBody } from './hall';
import { neverWas, type Scene } from './scene';

const draft = ({ hall }: Scene) => ({ eventId: hall.draft.eventId });
const pool = ({ hall }: Scene) => ({ eventId: hall.draft.eventId, poolId: hall.draft.idle });
const version = ({ hall }: Scene) => hall.draft.etag;
const oscarsPool = ({ hall: { oscars } }: Scene) => ({ eventId: oscars.eventId, poolId: oscars.poolId });
const oscars = ({ hall }: Scene) => ({ eventId: hall.oscars.eventId });
const poolNotFound = { ...eventNotFound, poolId: 'pool-not-found' };
const seatMapNotFound = { venueId: 'seat-map-not-found', seatMapId: 'seat-map-not-found' };

const nameTaken: OwnRow = {
  what: 'a name that another pool has',
  change: () => ({ body: poolBody('HALL') }),
  told: impossible('name'),
};

const sectionsCalled = (...names: readonly string[]) => ({
  body: {
    name: 'Blocks',
    sections: names.map((name) => ({ name, rows: [{ name: 'A', first: 1, last: 9 }] })),
  },
});

/** Two rows of one name, which are wrong in the same way besides. */
const rowsWith = (what: string, change: object, member: string): OwnRow => {
  const row = { name: 'A', first: 1, last: 9, ...change };
  return {
    what,
    change: () => ({ body: { name: 'Faulty', sections: [{ name: 'Parkett', rows: [row, row] }] } }),
    told: impossible(
      'sections[0].rows[1].name',
      `sections[0].rows[0].${member}`,
      `sections[0].rows[1].${member}`,
    ),
  };
};

/** event-management's, of pools and seats, in an order in which all of them can be gone through one after the other. */
export const seatDoors: readonly Door[] = [
  {
    route: 'POST /venues/{venueId}/seat-maps',
    as: 'olivia',
    params: ({ venueId }) => ({ venueId }),
    body: () => seatMapBody('For a quartet'),
    first: () => seatMapBody('For a quintet'),
    unknown: { venueId: 'venue-not-found' },
    own: [
      rowsWith('rows that end before they begin', { first: 10 }, 'last'),
      rowsWith('rows of 501 seats', { last: 501 }, 'last'),
      rowsWith('gaps outside of the row', { gaps: [10] }, 'gaps'),
      rowsWith('gaps that are accessible', { gaps: [2], accessible: [2] }, 'accessible'),
      {
        what: 'more sections than there may be',
        change: () => sectionsCalled(...Array.from({ length: 51 }, (_, i) => `Block ${i}`)),
        told: { status: 400, code: 'invalid-request', fields: ['sections'] },
      },
      {
        what: 'a section whose name reads as two',
        change: () => sectionsCalled('Loge 1/2'),
        told: { status: 400, code: 'invalid-request', fields: ['sections[0].name'] },
      },
    ],
  },
  {
    route: 'GET /venues/{venueId}/seat-maps',
    params: ({ venueId }) => ({ venueId }),
    unknown: { venueId: 'venue-not-found' },
  },
  {
    route: 'GET /venues/{venueId}/seat-maps/{seatMapId}',
    params: ({ venueId, hall }) => ({ venueId, seatMapId: hall.taken }),
    unknown: seatMapNotFound,
  },
  {
    route: 'DELETE /venues/{venueId}/seat-maps/{seatMapId}',
    as: 'olivia',
    params: ({ venueId, hall }) => ({ venueId, seatMapId: hall.spare }),
    unknown: seatMapNotFound,
    own: [
      {
        what: 'a map that another has drawn',
        change: ({ hall }, { url }) => ({ url: url.replace(hall.spare, hall.oscars.seatMapId) }),
        told: { status: 404, code: 'seat-map-not-found' },
      },
    ],
  },
  {
    route: 'POST /events/{eventId}/pools',
    as: 'olivia',
    params: draft,
    body: () => poolBody('Balcony'),
    first: () => poolBody('Box'),
    unknown: eventNotFound,
    foreign: oscars,
    own: [published, nameTaken],
  },
  {
    route: 'GET /events/{eventId}/pools',
    as: 'olivia',
    params: draft,
    unknown: eventNotFound,
    foreign: oscars,
  },
  {
    route: 'PUT /events/{eventId}/pools/{poolId}',
    as: 'olivia',
    params: pool,
    body: () => poolBody('Annexe and yard'),
    version,
    unknown: poolNotFound,
    foreign: oscarsPool,
    own: [published, nameTaken],
  },
  {
    route: 'DELETE /events/{eventId}/pools/{poolId}',
    as: 'olivia',
    params: pool,
    version,
    unknown: poolNotFound,
    foreign: oscarsPool,
    own: [
      published,
      {
        what: 'a pool that a ticket type shares',
        change: ({ hall: { draft: of } }, { url }) => ({ url: url.replace(of.idle, of.shared) }),
        told: { status: 409, code: 'pool-in-use' },
      },
    ],
  },
  {
    route: 'PUT /events/{eventId}/seating',
    as: 'olivia',
    params: draft,
    body: ({ hall }) => seatingBody(hall.taken, hall.draft.ticketTypeId),
    version,
    unknown: eventNotFound,
    foreign: oscars,
    own: [
      published,
      {
        what: 'a seat map that never was',
        change: (_, { body }) => ({ body: { ...(body as object), seatMapId: neverWas } }),
        told: impossible('seatMapId'),
      },
      {
        what: 'a section, a ticket type and a row that are not there, and a row twice',
        change: ({ hall }) => {
          const { ticketTypeId } = hall.draft;
          const sections = [
            { section: 'Loge', ticketTypeId: neverWas },
            { section: 'Parkett', ticketTypeId, rows: ['Z', 'A'] },
            { section: 'Parkett', ticketTypeId },
          ];
          return { body: { seatMapId: hall.taken, sections } };
        },
        told: impossible(
          'sections[0].section',
          'sections[0].ticketTypeId',
          'sections[1].rows[0]',
          'sections[2].section',
        ),
      },
    ],
  },
  {
    route: 'GET /events/{eventId}/seating',
    as: 'olivia',
    params: draft,
    unknown: eventNotFound,
    foreign: oscars,
  },
  {
    route: 'DELETE /events/{eventId}/seating',
    as: 'olivia',
    params: draft,
    version,
    unknown: eventNotFound,
    foreign: oscars,
    own: [published],
  },
];
