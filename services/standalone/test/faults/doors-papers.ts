import type { Door } from './door';
import type { Scene } from './scene';

const bought = {
  as: 'ben',
  params: ({ bens }: Scene) => ({ orderId: bens.bought.orderId }),
  unknown: { orderId: 'order-not-found' },
  foreign: ({ eves }: Scene) => ({ orderId: eves.bought.orderId }),
} as const satisfies Partial<Door>;

const unpaid: Door['own'] = [
  {
    what: 'an order that is not paid',
    change: ({ bens }, { url }) => ({ url: url.replace(bens.bought.orderId, bens.unpaid[0].orderId) }),
    told: { status: 409, code: 'not-paid' },
  },
];

/** What is printed of an order. */
export const paperDoors: readonly Door[] = [
  { route: 'GET /orders/{orderId}/receipt.pdf', ...bought, own: unpaid },
  { route: 'GET /orders/{orderId}/invoice.pdf', ...bought, own: unpaid },
  { route: 'GET /orders/{orderId}/credit-notes', ...bought },
  {
    route: 'GET /orders/{orderId}/credit-notes/{number}.pdf',
    ...bought,
    params: ({ bens }) => ({ orderId: bens.bought.orderId, number: 'CN-0-000001' }),
    unknown: { orderId: 'order-not-found', number: 'credit-note-not-found' },
    foreign: ({ eves }) => ({ orderId: eves.bought.orderId, number: 'CN-0-000002' }),
  },
];
