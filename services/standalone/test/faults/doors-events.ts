import type { Door, OwnRow, Told } from './door';
import { eventBody, neverWas, ticketTypeBody, type Draft, type Scene } from './scene';
import type { Sent } from './send';

export const impossible = (...fields: readonly string[]): Told => ({
  status: 422,
  code: 'not-possible',
  fields,
});

const eventRows: readonly OwnRow[] = [
  {
    what: 'a venue and a category that never were, and an end before the start',
    change: (_, { body }) => ({
      body: { ...(body as object), venueId: neverWas, categoryId: neverWas, endsAt: '2020-01-01T00:00:00Z' },
    }),
    told: impossible('endsAt', 'venueId', 'categoryId'),
  },
  {
    what: 'a day that no calendar has, and a currency that no country has',
    change: (_, { body }) => ({
      body: { ...(body as object), startsAt: '2027-02-30T20:00:00Z', currency: 'XQX' },
    }),
    told: { status: 400, code: 'invalid-request', fields: ['startsAt', 'currency'] },
  },
  {
    what: 'a title that turns the line around it',
    change: (_, { body }) => ({ body: { ...(body as object), title: 'Gala \u202e evil' } }),
    told: { status: 400, code: 'invalid-request', fields: ['title'] },
  },
  {
    what: 'a title that is half a character',
    change: (_, { body }) => ({ body: { ...(body as object), title: 'Gala \ud83c' } }),
    told: { status: 400, code: 'invalid-request', fields: ['title'] },
  },
];

const ticketTypeRows: readonly OwnRow[] = [
  {
    what: 'more for an order at the least than at the most, and sales that end before they begin',
    change: (_, { body }) => ({
      body: {
        ...(body as object),
        minPerOrder: 9,
        maxPerOrder: 8,
        salesFrom: '2027-02-01T00:00:00Z',
        salesUntil: '2027-01-01T00:00:00Z',
      },
    }),
    told: impossible('minPerOrder', 'salesUntil'),
  },
  {
    what: 'less for a buyer than for an order, a pool that never was, and a code twice',
    change: (_, { body }) => ({
      body: {
        ...(body as object),
        minPerOrder: 2,
        maxPerBuyer: 1,
        poolId: neverWas,
        accessCodes: ['FRIENDS', 'friends'],
      },
    }),
    told: impossible('maxPerBuyer', 'poolId', 'accessCodes[1]'),
  },
  {
    what: 'a code that is too short for one, and one with a space in it',
    change: (_, { body }) => ({ body: { ...(body as object), accessCodes: ['abc', 'FRIENDS 2027'] } }),
    told: { status: 400, code: 'invalid-request', fields: ['accessCodes'] },
  },
  {
    what: 'more codes than there may be',
    change: (_, { body }) => ({
      body: { ...(body as object), accessCodes: Array.from({ length: 101 }, (__, i) => `CODE-${i}`) },
    }),
    told: { status: 400, code: 'invalid-request', fields: ['accessCodes'] },
  },
  {
    what: 'a tier that never ends, a package that no order can have, and an add-on to what never was',
    change: (_, { body }) => ({
      body: {
        ...(body as object),
        tiers: [{ name: 'Always', priceMinor: 2000 }],
        packages: [{ name: 'Coach', size: 9, priceMinor: 18_000 }],
        addOnTo: [neverWas],
      },
    }),
    told: impossible('tiers[0]', 'packages[0].size', 'addOnTo[0]'),
  },
  {
    what: 'a donation with prices',
    change: (_, { body }) => ({ body: { ...(body as object), donation: true } }),
    told: impossible('donation'),
  },
  {
    what: 'a price with cents in it',
    change: (_, { body }) => ({ body: { ...(body as object), priceMinor: 12.5 } }),
    told: { status: 400, code: 'invalid-request', fields: ['priceMinor'] },
  },
  {
    what: 'a price below nothing',
    change: (_, { body }) => ({ body: { ...(body as object), priceMinor: -1 } }),
    told: { status: 400, code: 'invalid-request', fields: ['priceMinor'] },
  },
];

export const published: OwnRow = {
  what: 'what is published',
  change: ({ concert }, { url }) => ({ url: url.replace(/events\/\w+/, `events/${concert.eventId}`) }),
  told: { status: 409, code: 'event-not-draft' },
};

/** The same of the ticket type that seats are sold as. */
const ofHall = (
  { eventId, ticketTypeId, etag }: Omit<Draft, 'discountId'>,
  { headers, url }: Sent,
): Partial<Sent> => ({
  url: url.replace(/events\/.*/, `events/${eventId}/ticket-types/${ticketTypeId}`),
  headers: { ...headers, 'if-match': etag },
});

const venueBody = (name: string) => ({
  ...{ name, street: 'Uferweg 7', postalCode: '1020', city: 'Wien' },
  ...{ country: 'AT', timeZone: 'Europe/Vienna' },
});

export const eventNotFound = { eventId: 'event-not-found' };
const oscars = ({ oscars: { eventId } }: Scene) => ({ eventId });
const draft = ({ draft: { eventId } }: Scene) => ({ eventId });
const concert = ({ concert: { eventId } }: Scene) => ({ eventId });

/** event-management's, in an order in which all of them can be gone through one after the other. */
export const eventDoors: readonly Door[] = [
  {
    route: 'POST /venues',
    as: 'olivia',
    body: () => venueBody('Kleiner Saal'),
    first: () => venueBody('Großer Saal'),
    own: [
      {
        what: 'a country in lower case',
        change: (_, { body }) => ({ body: { ...(body as object), country: 'at' } }),
        told: { status: 400, code: 'invalid-request', fields: ['country'] },
      },
      {
        what: 'a country and a time zone that nobody knows',
        change: (_, { body }) => ({
          body: { ...(body as object), country: 'QQ', timeZone: 'Europe/Nowhere' },
        }),
        told: { status: 400, code: 'invalid-request', fields: ['country', 'timeZone'] },
      },
    ],
  },
  { route: 'GET /venues' },
  {
    route: 'GET /venues/{venueId}',
    params: ({ venueId }) => ({ venueId }),
    unknown: { venueId: 'venue-not-found' },
  },
  {
    route: 'POST /categories',
    as: 'ada',
    body: () => ({ name: 'Readings', slug: 'readings' }),
    first: () => ({ name: 'Exhibitions', slug: 'exhibitions' }),
    own: [
      {
        what: 'a slug that is taken',
        change: () => ({ body: { name: 'More concerts', slug: 'concerts' } }),
        told: { status: 409, code: 'category-exists', facts: { slug: 'concerts' } },
      },
    ],
  },
  { route: 'GET /categories' },
  {
    route: 'POST /events',
    as: 'olivia',
    body: (scene) => eventBody(scene, 'An evening of études'),
    first: (scene) => eventBody(scene, 'A morning of marches'),
    own: eventRows,
  },
  { route: 'GET /events' },
  { route: 'GET /events/organizer', as: 'olivia' },
  // An empty list, where there is no such category.
  { route: 'GET /events/category/{categoryId}', params: ({ categoryId }) => ({ categoryId }), unknown: {} },
  {
    route: 'GET /events/slug/{slug}',
    as: 'olivia',
    params: (scene) => ({ slug: scene.draft.slug }),
    unknown: { slug: 'event-not-found' },
    foreign: (scene) => ({ slug: scene.oscars.slug }),
  },
  {
    route: 'GET /events/{eventId}',
    as: 'olivia',
    params: draft,
    unknown: eventNotFound,
    foreign: oscars,
  },
  { route: 'GET /events/{eventId}.ics', params: concert, unknown: eventNotFound, foreign: oscars },
  {
    route: 'GET /events/{eventId}/ticket-types',
    as: 'olivia',
    params: draft,
    unknown: eventNotFound,
    foreign: oscars,
  },
  {
    route: 'POST /events/{eventId}/ticket-types',
    as: 'olivia',
    params: draft,
    body: () => ticketTypeBody('Balcony'),
    first: () => ticketTypeBody('Box'),
    unknown: eventNotFound,
    foreign: oscars,
    own: [
      ...ticketTypeRows,
      published,
      {
        what: 'a name that another ticket type has',
        change: (_, { body }) => ({ body: { ...(body as object), name: 'SEATS' } }),
        told: impossible('name'),
      },
    ],
  },
  {
    route: 'PUT /events/{eventId}/ticket-types/{ticketTypeId}',
    as: 'olivia',
    params: ({ draft: { eventId, ticketTypeId } }) => ({ eventId, ticketTypeId }),
    body: () => ticketTypeBody('Seats, and better ones'),
    version: (scene) => scene.draft.etag,
    unknown: { ...eventNotFound, ticketTypeId: 'ticket-type-not-found' },
    foreign: ({ oscars: { eventId, ticketTypeId } }) => ({ eventId, ticketTypeId }),
    own: [
      ...ticketTypeRows,
      published,
      {
        what: 'another capacity than the seats that it is sold as',
        change: ({ hall: { draft: of } }, sent) => ({ ...ofHall(of, sent), body: ticketTypeBody('Seats') }),
        told: impossible('capacity'),
      },
    ],
  },
  {
    route: 'DELETE /events/{eventId}/ticket-types/{ticketTypeId}',
    as: 'olivia',
    params: ({ draft: { eventId, ticketTypeId } }) => ({ eventId, ticketTypeId }),
    version: (scene) => scene.draft.etag,
    unknown: { ...eventNotFound, ticketTypeId: 'ticket-type-not-found' },
    foreign: ({ oscars: { eventId, ticketTypeId } }) => ({ eventId, ticketTypeId }),
    own: [
      published,
      {
        what: 'what seats are sold as',
        change: ({ hall: { draft: of } }, sent) => ofHall(of, sent),
        told: { status: 409, code: 'ticket-type-seated' },
      },
    ],
  },
  {
    route: 'PUT /events/{eventId}',
    as: 'olivia',
    params: draft,
    body: (scene) => eventBody(scene, 'Nocturnes for the first tram'),
    version: (scene) => scene.draft.etag,
    unknown: eventNotFound,
    foreign: oscars,
    own: [
      ...eventRows,
      published,
      {
        what: 'another currency than the prices are in',
        change: (_, { body }) => ({ body: { ...(body as object), currency: 'CHF' } }),
        told: impossible('currency'),
      },
    ],
  },
  {
    route: 'DELETE /events/{eventId}',
    as: 'olivia',
    params: ({ spare: { eventId } }) => ({ eventId }),
    version: (scene) => scene.spare.etag,
    unknown: eventNotFound,
    foreign: oscars,
    own: [published],
  },
  {
    route: 'POST /events/{eventId}/publish',
    as: 'olivia',
    params: draft,
    unknown: eventNotFound,
    foreign: oscars,
    own: [
      {
        what: 'an event with nothing for sale',
        change: ({ bare }, { url }) => ({ url: url.replace(/events\/\w+/, `events/${bare.eventId}`) }),
        told: { status: 422, code: 'event-not-publishable', fields: ['ticketTypes'] },
      },
      {
        what: 'an event with pools that no ticket type shares',
        change: ({ hall }, { url }) => ({ url: url.replace(/events\/\w+/, `events/${hall.draft.eventId}`) }),
        told: { status: 422, code: 'event-not-publishable', fields: ['pools[1]', 'pools[2]'] },
      },
    ],
  },
  {
    route: 'POST /events/{eventId}/cancel',
    as: 'olivia',
    params: ({ bare: { eventId } }) => ({ eventId }),
    body: () => ({ reason: 'Nothing was ever for sale.' }),
    unknown: eventNotFound,
    foreign: oscars,
  },
];
