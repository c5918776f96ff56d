import type { Door } from './door';
import { eventNotFound, impossible } from './doors-events';
import { neverWas, type Scene } from './scene';

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
];
