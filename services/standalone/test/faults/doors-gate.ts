import type { Door, OwnRow, Told } from './door';
import { addressOf, neverWas, type Scene } from './scene';

const faulty = (...fields: readonly string[]): Told => ({ status: 400, code: 'invalid-request', fields });
const unknown = { eventId: 'event-unknown' };
const concert = ({ concert: { eventId } }: Scene) => ({ eventId });
const oscars = ({ oscars: { eventId } }: Scene) => ({ eventId });
const ticket = ({ concert: { eventId }, eves: { ticketId } }: Scene) => ({ eventId, ticketId });
const oscarsTicket = ({ oscars: { eventId } }: Scene) => ({ eventId, ticketId: `${eventId}-010000001000-1` });

const rulesBody = ({ concert: { ticketTypes } }: Scene) => ({
  reEntry: true,
  opensMinutesBeforeStart: 60,
  closesAt: new Date(Date.now() + 400 * 86_400_000).toISOString(),
  gates: [{ gateId: 'main', name: 'Main entrance', ticketTypeIds: [ticketTypes[0]!.ticketTypeId] }],
  stewards: [addressOf('ben')],
});

const scan = ({ bens }: Scene, nonce: string) => ({
  code: bens.bought.tickets[0]!.code,
  gateId: 'main',
  nonce,
});
const refused = {
  scannedAt: '2027-01-01T00:00:00Z',
  direction: 'in',
  result: 'refused',
  reason: 'too-early',
};
const uploadBody = (scene: Scene) => ({
  ...concert(scene),
  deviceId: neverWas,
  scans: [{ ...scan(scene, 'while-away'), ...refused }],
});

const withBody = (what: string, change: (scene: Scene) => object, told: Told): OwnRow => ({
  what,
  change: (scene, { body }) => ({ body: { ...(body as object), ...change(scene) } }),
  told,
});
const noEvent: Told = { status: 404, code: 'event-unknown' };
const eventRows = [
  withBody('an event that never was', () => ({ eventId: neverWas }), noEvent),
  withBody('an event that is another’s', oscars, noEvent),
];
const stranger = (at: (scene: Scene) => object): OwnRow => ({
  what: 'who is neither organiser nor steward',
  change: (scene, { headers }) => ({
    ...at(scene),
    headers: { ...headers, authorization: `Bearer ${scene.visitors.eve.token ?? ''}` },
  }),
  told: noEvent,
});
const strangers = [stranger(() => ({}))];

/** ticket-inventory's, of letting people in, in an order in which all of them can be gone through one after the other. */
export const gateDoors: readonly Door[] = [
  {
    route: 'GET /events/{eventId}/admission-rules',
    as: 'olivia',
    params: concert,
    unknown,
    foreign: oscars,
  },
  {
    route: 'POST /admissions',
    as: 'olivia',
    body: (scene) => ({ ...concert(scene), ...scan(scene, 'at-the-gate'), direction: 'in' }),
    own: [
      ...eventRows,
      ...strangers,
      withBody('a direction that is none', () => ({ direction: 'sideways' }), faulty('direction')),
      withBody(
        'a gate that is called like a sentence',
        () => ({ gateId: 'Main entrance' }),
        faulty('gateId'),
      ),
    ],
  },
  {
    route: 'POST /admissions/batch',
    as: 'olivia',
    body: uploadBody,
    own: [
      ...eventRows,
      ...strangers,
      withBody(
        'more scans than fit',
        (scene) => ({ scans: Array.from({ length: 501 }, () => uploadBody(scene).scans[0]) }),
        faulty('scans'),
      ),
      withBody(
        'a scan that was refused for nothing, and one for what is no reason',
        (scene) => {
          const [own] = uploadBody(scene).scans;
          return {
            scans: [
              { ...own, reason: undefined },
              { ...own, reason: 'mood' },
            ],
          };
        },
        faulty('scans[0].reason', 'scans[1].reason'),
      ),
    ],
  },
  {
    route: 'GET /events/{eventId}/admissions/conflicts',
    as: 'olivia',
    params: concert,
    unknown,
    foreign: oscars,
    own: strangers,
  },
  {
    route: 'GET /events/{eventId}/admissions/summary',
    as: 'olivia',
    params: concert,
    unknown,
    foreign: oscars,
    own: strangers,
  },
  {
    route: 'GET /events/{eventId}/scan-bundle',
    as: 'olivia',
    params: concert,
    unknown,
    foreign: oscars,
    own: strangers,
  },
  {
    route: 'POST /events/{eventId}/blocked-tickets/{ticketId}',
    as: 'olivia',
    params: ticket,
    unknown: { ...unknown, ticketId: 'ticket-unknown' },
    foreign: oscarsTicket,
  },
  {
    route: 'DELETE /events/{eventId}/blocked-tickets/{ticketId}',
    as: 'olivia',
    params: ticket,
    unknown: { ...unknown, ticketId: 'ticket-unknown' },
    foreign: oscarsTicket,
  },
  {
    route: 'PUT /events/{eventId}/admission-rules',
    as: 'olivia',
    params: concert,
    body: rulesBody,
    version: () => '"1"',
    unknown,
    foreign: oscars,
    own: [
      withBody(
        'an opening said in two ways, a gate twice, and a ticket type of another event',
        (scene) => {
          const [gate] = rulesBody(scene).gates;
          return {
            opensAt: '2027-01-01T00:00:00Z',
            gates: [gate, { ...gate, ticketTypeIds: [scene.draft.ticketTypeId] }],
          };
        },
        {
          status: 422,
          code: 'not-possible',
          fields: ['opensMinutesBeforeStart', 'gates[1].gateId', 'gates[1].ticketTypeIds[0]'],
        },
      ),
      withBody('a steward without an address', () => ({ stewards: ['Ben'] }), faulty('stewards')),
    ],
  },
];
