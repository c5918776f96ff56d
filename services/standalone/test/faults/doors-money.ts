import type { Door, Told } from './door';
import { idOf, neverWas, type Scene } from './scene';
import type { Sent } from './send';

const concert = ({ concert: { eventId } }: Scene) => ({ eventId });
const oscars = ({ oscars: { eventId } }: Scene) => ({ eventId });
const unknownEvent = { eventId: 'event-not-found' };
const olivia = () => ({ organizerId: idOf('olivia') });
const oscar = () => ({ organizerId: idOf('oscar') });
const unknownOrganizer = { organizerId: 'organizer-not-found' };
const change = (body: object): Partial<Sent> => ({ body });
const noPayment: Told = { status: 404, code: 'payment-not-found' };

/** payment-processing's, of money that goes back, and of what organisers and operators see of all of it. */
export const moneyDoors: readonly Door[] = [
  {
    route: 'POST /payments/{paymentId}/refund',
    as: 'olivia',
    params: ({ bens }) => ({ paymentId: bens.bought.paymentId }),
    body: () => ({ reason: 'goodwill', amountMinor: 100, note: 'stood behind a pillar' }),
    first: () => ({ reason: 'organizer-decided', amountMinor: 200 }),
    unknown: { paymentId: 'payment-not-found' },
    own: [
      {
        what: 'another organiser',
        change: ({ visitors }, { headers }) => ({
          headers: { ...headers, authorization: `Bearer ${visitors.oscar.token ?? ''}` },
        }),
        told: noPayment,
      },
      {
        what: 'its buyer, who has the tickets',
        change: ({ visitors }, { headers }) => ({
          headers: { ...headers, authorization: `Bearer ${visitors.ben.token ?? ''}` },
        }),
        told: noPayment,
      },
      {
        what: 'more than was captured',
        change: () => change({ reason: 'goodwill', amountMinor: 10_801 }),
        told: { status: 409, code: 'above-captured' },
      },
      {
        what: 'tickets of another order',
        change: ({ eves }) => change({ reason: 'goodwill', ticketIds: [eves.ticketId] }),
        told: { status: 422, code: 'tickets-not-to-refund' },
      },
      {
        what: 'a payment that nobody has captured',
        change: ({ bens }, { url }) => ({ url: url.replace(bens.bought.paymentId, bens.underWay.paymentId) }),
        told: { status: 409, code: 'nothing-to-refund' },
      },
    ],
  },
  {
    route: 'POST /refunds/{refundId}/settled-by-hand',
    as: 'ada',
    params: ({ failedRefundId }) => ({ refundId: failedRefundId }),
    unknown: { refundId: 'refund-not-found' },
  },
  {
    route: 'POST /orders/{orderId}/cancel',
    as: 'eve',
    params: ({ eves }) => ({ orderId: eves.unpaid[1].orderId }),
    unknown: { orderId: 'order-not-found' },
    foreign: ({ bens }) => ({ orderId: bens.unpaid[0].orderId }),
    own: [
      {
        what: 'an order that is paid',
        change: ({ eves }, { url }) => ({ url: url.replace(eves.unpaid[1].orderId, eves.bought.orderId) }),
        told: { status: 409, code: 'order-paid' },
      },
    ],
  },
  {
    route: 'GET /events/{eventId}/refunds',
    as: 'olivia',
    params: concert,
    unknown: unknownEvent,
    foreign: oscars,
  },
  {
    route: 'GET /events/{eventId}/orders',
    as: 'olivia',
    params: concert,
    unknown: unknownEvent,
    foreign: oscars,
  },
  {
    route: 'GET /events/{eventId}/finance',
    as: 'olivia',
    params: concert,
    unknown: unknownEvent,
    foreign: oscars,
  },
  { route: 'GET /ledger', as: 'olivia' },
  { route: 'GET /ledger.csv', as: 'olivia' },
  {
    route: 'GET /organizers/{organizerId}/balances',
    as: 'olivia',
    params: olivia,
    unknown: unknownOrganizer,
    foreign: oscar,
  },
  {
    route: 'GET /organizers/{organizerId}/payouts',
    as: 'olivia',
    params: olivia,
    unknown: unknownOrganizer,
    foreign: oscar,
  },
  {
    route: 'GET /organizers/{organizerId}/disputes',
    as: 'olivia',
    params: olivia,
    unknown: unknownOrganizer,
    foreign: oscar,
  },
  {
    route: 'POST /organizers/{organizerId}/payouts',
    as: 'ada',
    params: olivia,
    body: () => ({ amountMinor: 100, currency: 'EUR', reference: 'SEPA-2' }),
    first: () => ({ amountMinor: 200, currency: 'EUR', reference: 'SEPA-1' }),
    unknown: unknownOrganizer,
    own: [
      {
        what: 'more than is owed',
        change: () => change({ amountMinor: 1_000_000, currency: 'EUR', reference: 'SEPA-3' }),
        told: { status: 409, code: 'above-balance' },
      },
      {
        what: 'a currency in which nothing is owed',
        change: () => change({ amountMinor: 1, currency: 'JPY', reference: 'SEPA-3' }),
        told: { status: 409, code: 'above-balance' },
      },
    ],
  },
  {
    route: 'GET /organizers/{organizerId}/finance-team',
    as: 'olivia',
    params: olivia,
    unknown: unknownOrganizer,
    foreign: oscar,
  },
  {
    route: 'PUT /organizers/{organizerId}/finance-team',
    as: 'olivia',
    params: olivia,
    body: () => ({ members: ['fin@example.org'] }),
    version: () => '"1"',
    unknown: unknownOrganizer,
    foreign: oscar,
    own: [
      {
        what: 'a member without an address',
        change: () => change({ members: ['Fin'] }),
        told: { status: 400, code: 'invalid-request', fields: ['members'] },
      },
    ],
  },
  {
    route: 'GET /reconciliation',
    as: 'ada',
    own: [
      {
        what: 'a gateway that is not there',
        change: (_, { url }) => ({ url: `${url}?gateway=elsewhere` }),
        told: { status: 404, code: 'gateway-not-found' },
      },
    ],
  },
  { route: 'GET /sagas/waiting', as: 'ada' },
  {
    route: 'POST /events/{eventId}/refunds',
    as: 'olivia',
    params: concert,
    body: () => ({ reason: 'organizer-decided' }),
    first: () => ({ reason: 'event-postponed' }),
    unknown: unknownEvent,
    foreign: oscars,
    own: [
      {
        what: 'an event that never was',
        change: ({ concert: { eventId } }, { url }) => ({ url: url.replace(eventId, neverWas) }),
        told: { status: 404, code: 'event-not-found' },
      },
    ],
  },
];
