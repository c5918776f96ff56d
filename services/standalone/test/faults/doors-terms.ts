import type { Door, OwnRow } from './door';
import { eventNotFound, impossible } from './doors-events';
import { discountBody, neverWas, type Scene } from './scene';

const draft = ({ draft: { eventId } }: Scene) => ({ eventId });
const oscars = ({ oscars: { eventId } }: Scene) => ({ eventId });

const question = { ask: 'Your shirt?', of: 'attendee', required: true };
const termsBody = () => ({
  seller: { name: 'Tram & Tone', address: 'Uferweg 7, 1020 Wien, AT', country: 'AT', vatId: 'ATU12345675' },
  tax: 'included',
  taxPlace: { country: 'CA', region: 'QC', online: true },
  locale: 'fr-CA',
  fees: [{ name: 'Booking', per: 'ticket', fixedMinor: 50, basisPoints: 250, taxCategory: 'standard' }],
  questions: [{ ...question, answer: { is: 'choice', choices: ['S', 'M', 'L'] } }],
});

const discount = ({ draft: { eventId, discountId } }: Scene) => ({ eventId, discountId });
const oscarsDiscount = ({ oscars: { eventId, discountId } }: Scene) => ({ eventId, discountId });
const discountNotFound = { ...eventNotFound, discountId: 'discount-not-found' };

const discountRows: readonly OwnRow[] = [
  {
    what: 'an amount without one, a code twice, a ticket type that never was, and an end before the start',
    change: (_, { body }) => ({
      body: {
        ...(body as object),
        off: { is: 'amount', basisPoints: 1, per: 'order' },
        codes: ['EARLY', 'early'],
        ticketTypeIds: [neverWas],
        until: '2020-01-01T00:00:00Z',
      },
    }),
    told: impossible('off.basisPoints', 'off.amountMinor', 'codes[1]', 'ticketTypeIds[0]', 'until'),
  },
  {
    what: 'uses of each code where there is none',
    change: (_, { body }) => ({ body: { ...(body as object), codes: null } }),
    told: impossible('perCode'),
  },
  {
    what: 'a code with a space in it',
    change: (_, { body }) => ({ body: { ...(body as object), codes: ['FRIENDS 25'] } }),
    told: { status: 400, code: 'invalid-request', fields: ['codes'] },
  },
  {
    what: 'more codes than there may be',
    change: (_, { body }) => ({ body: { ...(body as object), newCodes: 1000 } }),
    told: impossible('newCodes'),
  },
];

/** event-management's, of the terms at which tickets are sold. They are taken of what is published, too. */
export const termsDoors: readonly Door[] = [
  {
    route: 'PUT /events/{eventId}/terms',
    as: 'olivia',
    params: draft,
    body: termsBody,
    version: (scene) => scene.draft.etag,
    unknown: eventNotFound,
    foreign: oscars,
    own: [
      {
        what: 'a fee of nothing, an id that was never given, and an answer that is two things',
        change: () => ({
          body: {
            fees: [{ feeId: neverWas, name: 'Nothing', per: 'order' }],
            questions: [
              {
                ...question,
                answer: { is: 'yes-no', maxLength: 3, choices: ['yes', 'no'] },
                ticketTypeIds: [neverWas],
              },
            ],
          },
        }),
        told: impossible(
          ...['fees[0]', 'fees[0].feeId', 'questions[0].ticketTypeIds[0]'],
          ...['questions[0].answer.maxLength', 'questions[0].answer.choices'],
        ),
      },
      {
        what: 'one choice, and a country in lower case',
        change: () => ({
          body: {
            taxPlace: { country: 'ca' },
            questions: [{ ...question, answer: { is: 'choice', choices: ['S'] } }],
          },
        }),
        told: {
          ...{ status: 400, code: 'invalid-request' },
          fields: ['taxPlace.country', 'questions[0].answer.choices'],
        },
      },
    ],
  },
  {
    route: 'GET /events/{eventId}/terms',
    as: 'olivia',
    params: draft,
    unknown: eventNotFound,
    foreign: oscars,
  },
  {
    route: 'POST /events/{eventId}/discounts',
    as: 'olivia',
    params: draft,
    body: () => discountBody('Neighbours'),
    first: () => discountBody('Pupils'),
    unknown: eventNotFound,
    foreign: oscars,
    own: [
      ...discountRows,
      {
        what: 'a name and a code that another discount has',
        change: () => ({ body: discountBody('Friends') }),
        told: impossible('name', 'codes[0]'),
      },
    ],
  },
  {
    route: 'GET /events/{eventId}/discounts',
    as: 'olivia',
    params: draft,
    unknown: eventNotFound,
    foreign: oscars,
  },
  {
    route: 'PUT /events/{eventId}/discounts/{discountId}',
    as: 'olivia',
    params: discount,
    body: () => discountBody('Good-friends'),
    version: (scene) => scene.draft.etag,
    unknown: discountNotFound,
    foreign: oscarsDiscount,
    own: discountRows,
  },
  {
    route: 'DELETE /events/{eventId}/discounts/{discountId}',
    as: 'olivia',
    params: discount,
    version: (scene) => scene.draft.etag,
    unknown: discountNotFound,
    foreign: oscarsDiscount,
  },
];
