import type { OnSale } from '../purchase';
import type { Door, Told } from './door';
import { faultyWishes, galaOrder, wrongWishes } from './doors-pricing';
import { idOf, neverWas, type Scene } from './scene';
import type { Sent } from './send';

const lineOf = (scene: Scene, quantity: number, type = 0): object => ({
  ticketTypeId: scene.concert.ticketTypes[type]!.ticketTypeId,
  quantity,
});
const holdBody = (scene: Scene, ...lines: readonly object[]): object => ({
  eventId: scene.concert.eventId,
  lines,
});
const groupBody = ({ eventId, ticketTypes }: OnSale, parts = 2, quantity = 1): object => ({
  eventId,
  parts: Array.from({ length: parts }, () => ({
    lines: [{ ticketTypeId: ticketTypes[0]!.ticketTypeId, quantity }],
  })),
});
const faulty = (...fields: readonly string[]): Told => ({ status: 400, code: 'invalid-request', fields });
const orderNotFound: Told = { status: 404, code: 'order-not-found' };
const change = (body: object): Partial<Sent> => ({ body });

/** The token with other claims in it, under the seal of the first. */
function withoutItsSeal(token: string, claims: (old: string) => string): string {
  const [version, key, content = '', seal] = token.split('.');
  const forged = claims(Buffer.from(content, 'base64url').toString());
  return [version, key, Buffer.from(forged).toString('base64url'), seal].join('.');
}

/** ticket-inventory's and notification's, and payment-processing's but for the webhook. */
export const saleDoors: readonly Door[] = [
  {
    route: 'POST /holds',
    as: 'ben',
    body: (scene) => holdBody(scene, lineOf(scene, 2), lineOf(scene, 1, 1)),
    first: (scene) => holdBody(scene, lineOf(scene, 1)),
    own: [
      {
        what: 'an event that never was',
        change: (scene) => change({ ...holdBody(scene, lineOf(scene, 1)), eventId: neverWas }),
        told: { status: 404, code: 'event-unknown' },
      },
      {
        what: 'an event that is a draft yet',
        change: (scene) =>
          change({
            eventId: scene.draft.eventId,
            lines: [{ ticketTypeId: scene.draft.ticketTypeId, quantity: 1 }],
          }),
        told: { status: 404, code: 'event-unknown' },
      },
      {
        what: 'a ticket type of another event',
        change: (scene) =>
          change(holdBody(scene, lineOf(scene, 1), { ticketTypeId: scene.draft.ticketTypeId, quantity: 1 })),
        told: { status: 422, code: 'ticket-type-unknown' },
      },
      {
        what: 'more than there are, of one of two',
        change: (scene) => change(holdBody(scene, lineOf(scene, 1), lineOf(scene, 21, 1))),
        told: { status: 409, code: 'sold-out' },
      },
      {
        what: 'more than an order may have',
        change: (scene) => change(holdBody(scene, lineOf(scene, 101))),
        told: { status: 422, code: 'quantity-above-maximum', facts: { maxPerOrder: 100 } },
      },
      {
        what: 'seats of what has none',
        change: (scene) => change(holdBody(scene, { ...lineOf(scene, 1), seats: ['Stalls/A/1'] })),
        told: { status: 422, code: 'seat-unknown', facts: { seats: ['Stalls/A/1'] } },
      },
      {
        what: 'an accessible seat of what has none',
        change: (scene) => change(holdBody(scene, { ...lineOf(scene, 1), accessible: true })),
        told: { status: 409, code: 'accessible-seats-gone' },
      },
      {
        what: 'seats that are named twice, not as many as the quantity, and wished for as well',
        change: (scene) => {
          const seats = ['Stalls/A/1', 'Stalls/A/1'];
          return change(holdBody(scene, { ...lineOf(scene, 3), seats, together: true }));
        },
        told: faulty('lines[0].quantity', 'lines[0].seats'),
      },
      {
        what: 'a ticket type that stands there twice',
        change: (scene) => change(holdBody(scene, lineOf(scene, 1), lineOf(scene, 2))),
        told: faulty('lines'),
      },
      {
        what: 'more lines than a hold may have',
        change: (scene) =>
          change(
            holdBody(
              scene,
              ...Array.from({ length: 21 }, (_, i) => ({
                ticketTypeId: neverWas.slice(0, 24) + String(10 + i),
                quantity: 1,
              })),
            ),
          ),
        told: faulty('lines'),
      },
      {
        what: 'two lines that are wrong, each in its own way',
        change: (scene) =>
          change(
            holdBody(
              scene,
              { ticketTypeId: 'x', quantity: 1 },
              { ticketTypeId: neverWas, quantity: 0, price: 1 },
            ),
          ),
        told: faulty('lines[0].ticketTypeId', 'lines[1].quantity', 'lines[1].price'),
      },
    ],
  },
  {
    route: 'GET /holds/{holdId}',
    as: 'ben',
    params: ({ bens }) => ({ holdId: bens.held.holdId }),
    unknown: { holdId: 'hold-unknown' },
    foreign: ({ eves }) => ({ holdId: eves.held.holdId }),
  },
  {
    route: 'POST /holds/{holdId}/extend',
    as: 'ben',
    body: () => ({}),
    first: () => ({}),
    params: ({ bens }) => ({ holdId: bens.held.holdId }),
    unknown: { holdId: 'hold-unknown' },
    foreign: ({ eves }) => ({ holdId: eves.held.holdId }),
  },
  {
    route: 'DELETE /holds/{holdId}',
    as: 'ben',
    params: ({ bens }) => ({ holdId: bens.held.holdId }),
    unknown: { holdId: 'hold-unknown' },
    foreign: ({ eves }) => ({ holdId: eves.held.holdId }),
  },
  {
    route: 'GET /events/{eventId}/availability',
    params: ({ concert: { eventId } }) => ({ eventId }),
    unknown: { eventId: 'event-unknown' },
    foreign: ({ oscars: { eventId } }) => ({ eventId }),
  },
  {
    route: 'GET /events/{eventId}/availability/stream',
    params: ({ concert: { eventId } }) => ({ eventId }),
    unknown: { eventId: 'event-unknown' },
    foreign: ({ oscars: { eventId } }) => ({ eventId }),
  },
  {
    route: 'GET /events/{eventId}/seats',
    params: ({ concert: { eventId } }) => ({ eventId }),
    unknown: { eventId: 'event-unknown' },
    foreign: ({ oscars: { eventId } }) => ({ eventId }),
  },
  {
    route: 'GET /events/{eventId}/stock-report',
    as: 'olivia',
    params: ({ concert: { eventId } }) => ({ eventId }),
    unknown: { eventId: 'event-unknown' },
    foreign: ({ oscars: { eventId } }) => ({ eventId }),
  },
  {
    route: 'POST /group-bookings',
    as: 'oscar',
    body: ({ concert }) => groupBody(concert),
    first: ({ concert }) => groupBody(concert, 3),
    own: [
      {
        what: 'an event that never was',
        change: ({ concert }) => change({ ...groupBody(concert), eventId: neverWas }),
        told: { status: 404, code: 'event-unknown' },
      },
      {
        what: 'a group of one',
        change: ({ concert }) => change(groupBody(concert, 1)),
        told: faulty('parts'),
      },
      {
        what: 'a group of 21',
        change: ({ concert }) => change(groupBody(concert, 21)),
        told: faulty('parts'),
      },
      {
        what: 'parts that are more than there is, together',
        change: ({ concert }) => change(groupBody(concert, 2, 30)),
        told: { status: 409, code: 'sold-out' },
      },
      {
        what: 'more tickets than a group may have',
        change: ({ concert }) => change(groupBody(concert, 3, 40)),
        told: { status: 422, code: 'group-too-large', facts: { most: 100 } },
      },
    ],
  },
  {
    route: 'POST /group-bookings/{groupId}/parts/{part}/claim',
    as: 'ben',
    params: ({ bens }) => ({ groupId: bens.group.groupId, part: '1' }),
    body: ({ bens }) => ({ invitation: bens.group.parts[0]!.invitation }),
    unknown: { groupId: 'invitation-unknown', part: 'invitation-unknown' },
    foreign: ({ eves }) => ({ groupId: eves.group.groupId, part: '2' }),
    own: [
      {
        what: 'the invitation to another part',
        change: ({ bens }) => change({ invitation: bens.group.parts[1]!.invitation }),
        told: { status: 404, code: 'invitation-unknown' },
      },
      {
        what: 'the invitation to a part of another group',
        change: ({ eves }) => change({ invitation: eves.group.parts[0]!.invitation }),
        told: { status: 404, code: 'invitation-unknown' },
      },
    ],
  },
  {
    route: 'GET /group-bookings/{groupId}',
    as: 'ben',
    params: ({ bens }) => ({ groupId: bens.group.groupId }),
    unknown: { groupId: 'group-unknown' },
    foreign: ({ eves }) => ({ groupId: eves.group.groupId }),
  },
  {
    route: 'DELETE /group-bookings/{groupId}',
    as: 'ben',
    params: ({ bens }) => ({ groupId: bens.group.groupId }),
    unknown: { groupId: 'group-unknown' },
    foreign: ({ eves }) => ({ groupId: eves.group.groupId }),
  },
  {
    route: 'POST /events/{eventId}/waiting-list',
    as: 'oscar',
    params: ({ concert: { eventId } }) => ({ eventId }),
    body: (scene) => lineOf(scene, 41),
    first: (scene) => lineOf(scene, 21, 1),
    unknown: { eventId: 'event-unknown' },
    foreign: ({ oscars: { eventId } }) => ({ eventId }),
    own: [
      {
        what: 'what is left',
        change: (scene) => change(lineOf(scene, 1)),
        told: { status: 409, code: 'not-sold-out' },
      },
      {
        what: 'what they wait for already',
        change: (scene) => change(lineOf(scene, 22, 1)),
        told: { status: 409, code: 'already-waiting' },
      },
      {
        what: 'a ticket type of another event',
        change: (scene) => change({ ticketTypeId: scene.draft.ticketTypeId, quantity: 1 }),
        told: { status: 422, code: 'ticket-type-unknown' },
      },
      {
        what: 'more than an order may have',
        change: (scene) => change(lineOf(scene, 101)),
        told: { status: 422, code: 'quantity-above-maximum', facts: { maxPerOrder: 100 } },
      },
    ],
  },
  {
    route: 'GET /events/{eventId}/waiting-list',
    as: 'ben',
    params: ({ concert: { eventId } }) => ({ eventId }),
    unknown: { eventId: 'event-unknown' },
    foreign: ({ oscars: { eventId } }) => ({ eventId }),
  },
  {
    route: 'GET /events/{eventId}/waiting-list/summary',
    as: 'olivia',
    params: ({ concert: { eventId } }) => ({ eventId }),
    unknown: { eventId: 'event-unknown' },
    foreign: ({ oscars: { eventId } }) => ({ eventId }),
  },
  {
    route: 'DELETE /events/{eventId}/waiting-list/{entryId}',
    as: 'ben',
    params: ({ concert: { eventId }, bens: { entryId } }) => ({ eventId, entryId }),
    unknown: { eventId: 'waiting-entry-unknown', entryId: 'waiting-entry-unknown' },
    foreign: ({ oscars: { eventId }, eves: { entryId } }) => ({ eventId, entryId }),
  },
  { route: 'GET /tickets', as: 'ben' },
  {
    route: 'GET /tickets/{ticketId}',
    as: 'ben',
    params: ({ bens: { ticketId } }) => ({ ticketId }),
    unknown: { ticketId: 'ticket-unknown' },
    foreign: ({ eves: { ticketId } }) => ({ ticketId }),
  },
  {
    route: 'POST /tickets/{ticketId}/transfer',
    as: 'ben',
    params: ({ bens: { ticketId } }) => ({ ticketId }),
    body: () => ({ to: { name: 'Eve', email: 'eve@example.org' } }),
    first: () => ({ to: { name: 'Oscar', email: 'oscar@example.org' } }),
    firstParams: ({ bens: { spareTicketId } }) => ({ ticketId: spareTicketId }),
    unknown: { ticketId: 'ticket-unknown' },
    foreign: ({ eves: { ticketId } }) => ({ ticketId }),
  },
  {
    route: 'GET /tickets/{ticketId}.pdf',
    as: 'ben',
    params: ({ bens: { ticketId } }) => ({ ticketId }),
    unknown: { ticketId: 'ticket-unknown' },
    foreign: ({ eves: { ticketId } }) => ({ ticketId }),
  },
  {
    route: 'GET /tickets/{ticketId}.pkpass',
    as: 'ben',
    params: ({ bens: { ticketId } }) => ({ ticketId }),
    unknown: { ticketId: 'ticket-unknown' },
    foreign: ({ eves: { ticketId } }) => ({ ticketId }),
  },
  {
    route: 'GET /tickets/{ticketId}/google-wallet',
    as: 'ben',
    params: ({ bens: { ticketId } }) => ({ ticketId }),
    unknown: { ticketId: 'ticket-unknown' },
    foreign: ({ eves: { ticketId } }) => ({ ticketId }),
  },
  { route: 'GET /ticket-keys' },
  {
    route: 'POST /orders',
    as: 'ben',
    body: galaOrder,
    first: ({ bens }) => ({ holdToken: bens.ordering[1].token }),
    own: [
      {
        what: 'a price, a code and a gift card, each wrong in its way, and an answer too few',
        change: (scene) => change({ ...wrongWishes(scene), attendees: [] }),
        told: { status: 422, code: 'purchase-refused', fields: [...faultyWishes, 'attendees'] },
      },
      {
        what: 'a hold that is another’s',
        change: ({ eves }) => change({ holdToken: eves.held.token }),
        told: orderNotFound,
      },
      {
        what: 'another’s hold with one’s own name written in',
        change: ({ eves }) =>
          change({
            holdToken: withoutItsSeal(eves.held.token, (claims) => claims.replace(idOf('eve'), idOf('ben'))),
          }),
        told: { status: 422, code: 'hold-token-refused' },
      },
      {
        what: 'a hold of more than was held',
        change: ({ bens }) =>
          change({ holdToken: withoutItsSeal(bens.held.token, (claims) => claims.replace(',1]]', ',9]]')) }),
        told: { status: 422, code: 'hold-token-refused' },
      },
      {
        what: 'a ticket’s code for a hold',
        change: ({ bens }) => change({ holdToken: bens.bought.tickets[0]!.code }),
        told: { status: 422, code: 'hold-token-refused' },
      },
      {
        what: 'a token under a key that nobody has announced',
        change: ({ bens }) => change({ holdToken: bens.held.token.replace(/^BH2\.[^.]+/, 'BH2.h-nobody') }),
        told: { status: 503, code: 'not-ready', headers: { 'retry-after': '1' } },
      },
      {
        what: 'an address for mail that is none',
        change: ({ bens }) =>
          change({
            holdToken: bens.held.token,
            buyer: { name: 'Ben', email: 'ben@example.org\r\nbcc: all' },
          }),
        told: faulty('buyer.email'),
      },
    ],
  },
  { route: 'GET /orders', as: 'ben' },
  {
    route: 'GET /orders/{orderId}',
    as: 'ben',
    params: ({ bens }) => ({ orderId: bens.bought.orderId }),
    unknown: { orderId: 'order-not-found' },
    foreign: ({ eves }) => ({ orderId: eves.bought.orderId }),
  },
  {
    route: 'POST /payments',
    as: 'ben',
    body: ({ bens }) => ({ orderId: bens.unpaid[0].orderId, gateway: 'sandbox' }),
    first: ({ bens }) => ({ orderId: bens.unpaid[1].orderId, gateway: 'sandbox' }),
    own: [
      {
        what: 'an order that never was',
        change: () => change({ orderId: neverWas, gateway: 'sandbox' }),
        told: orderNotFound,
      },
      {
        what: 'an order that is another’s',
        change: ({ eves }) => change({ orderId: eves.unpaid[0].orderId, gateway: 'sandbox' }),
        told: orderNotFound,
      },
      {
        what: 'an order that is paid',
        change: ({ bens }) => change({ orderId: bens.bought.orderId, gateway: 'sandbox' }),
        told: { status: 409, code: 'order-paid' },
      },
      {
        what: 'an order whose payment is under way',
        change: ({ bens }) => change({ orderId: bens.unpaid[1].orderId, gateway: 'sandbox' }),
        told: { status: 409, code: 'payment-under-way' },
      },
      {
        what: 'a gateway that is not there',
        change: (_, { body }) => change({ ...(body as object), gateway: 'constructor' }),
        told: {
          status: 422,
          code: 'gateway-not-available',
          facts: { gateways: ['sandbox', 'bank-transfer'] },
        },
      },
      {
        what: 'a method that the gateway has not',
        change: ({ bens }) => change({ orderId: bens.unpaid[0].orderId, method: 'pix' }),
        told: { status: 422, code: 'gateway-not-available', facts: { gateways: [] } },
      },
      {
        what: 'a method that nobody knows, at a gateway that can’t be one',
        change: ({ bens }) => change({ orderId: bens.unpaid[0].orderId, gateway: '../', method: 'cash' }),
        told: faulty('gateway', 'method'),
      },
    ],
  },
  {
    route: 'GET /orders/{orderId}/ways-to-pay',
    as: 'ben',
    params: ({ bens }) => ({ orderId: bens.unpaid[0].orderId }),
    unknown: { orderId: 'order-not-found' },
    foreign: ({ eves }) => ({ orderId: eves.unpaid[0].orderId }),
  },
  {
    route: 'GET /payments/{paymentId}',
    as: 'ben',
    params: ({ bens }) => ({ paymentId: bens.bought.paymentId }),
    unknown: { paymentId: 'payment-not-found' },
    foreign: ({ eves }) => ({ paymentId: eves.bought.paymentId }),
  },
  {
    route: 'POST /payments/{paymentId}/confirm',
    as: 'ben',
    params: ({ bens }) => ({ paymentId: bens.underWay.paymentId }),
    unknown: { paymentId: 'payment-not-found' },
    foreign: ({ eves }) => ({ paymentId: eves.underWay.paymentId }),
  },
  {
    route: 'GET /payments/user/{userId}',
    as: 'ben',
    params: () => ({ userId: idOf('ben') }),
    unknown: { userId: 'user-not-found' },
    foreign: () => ({ userId: idOf('eve') }),
  },
  {
    route: 'GET /notifications/{notificationId}',
    as: 'ben',
    params: ({ bens: { notificationId } }) => ({ notificationId }),
    unknown: { notificationId: 'notification-not-found' },
    foreign: ({ eves: { notificationId } }) => ({ notificationId }),
  },
  {
    route: 'GET /users/{userId}/notifications',
    as: 'ben',
    params: () => ({ userId: idOf('ben') }),
    unknown: { userId: 'user-not-found' },
    foreign: () => ({ userId: idOf('eve') }),
  },
];
