import type { Door, Told } from './door';
import { neverWas, type Scene } from './scene';
import type { Sent } from './send';

/** An order with nearly all that can be said beside the hold. */
export const galaOrder = ({ gala: { ticketTypeId, hold, questions, giftCard } }: Scene) => ({
  holdToken: hold.token,
  buyer: {
    name: 'Ben Brandt',
    email: 'ben@example.org',
    company: 'Brandt & Co',
    vatId: 'ATU12345675',
    country: 'AT',
    locale: 'de-AT',
  },
  giftCards: [giftCard],
  prices: [{ ticketTypeId, amountMinor: 1250 }],
  answers: [{ questionId: questions.buyer, answer: 'no' }],
  attendees: [
    {
      ticketTypeId,
      name: 'Ben',
      email: 'ben@example.org',
      answers: [{ questionId: questions.attendee, answer: 'yes' }],
    },
  ],
});

const refused = (...fields: readonly string[]): Told => ({ status: 422, code: 'purchase-refused', fields });
const change = (body: object): Partial<Sent> => ({ body });

/** Wrong in each wish: a price too low, a code and a gift card that are none. */
export const wrongWishes = (scene: Scene) => ({
  ...galaOrder(scene),
  codes: ['SUMMER'],
  giftCards: ['2345A-2345B-2345C-2345D'],
  prices: [{ ticketTypeId: scene.gala.ticketTypeId, amountMinor: 999 }],
});
export const faultyWishes = ['prices[0].amountMinor', 'codes[0]', 'giftCards[0]'] as const;

/** payment-processing's quotes and gift cards. */
export const pricingDoors: readonly Door[] = [
  {
    route: 'POST /quotes',
    as: 'ben',
    body: galaOrder,
    asks: true,
    own: [
      {
        what: 'a hold that is another’s',
        change: ({ eves }) => change({ holdToken: eves.held.token }),
        told: { status: 404, code: 'order-not-found' },
      },
      {
        what: 'a price, a code and a gift card, each wrong in its way',
        change: (scene) => change(wrongWishes(scene)),
        told: refused(...faultyWishes),
      },
      {
        what: 'the price of a ticket type that is not held',
        change: ({ gala }) =>
          change({
            holdToken: gala.hold.token,
            prices: [{ ticketTypeId: neverWas, amountMinor: 5000 }],
          }),
        told: refused('prices[0]'),
      },
    ],
  },
  {
    route: 'POST /gift-cards',
    as: 'olivia',
    body: () => ({ amountMinor: 5000, currency: 'EUR', expiresAt: '2999-01-01T00:00:00Z' }),
    first: () => ({ amountMinor: 2500, currency: 'EUR' }),
    own: [
      {
        what: 'a card that is over before it is issued',
        change: () => change({ amountMinor: 5000, currency: 'EUR', expiresAt: '2020-01-01T00:00:00Z' }),
        told: { status: 422, code: 'gift-card-over' },
      },
    ],
  },
  {
    route: 'POST /gift-cards/balance',
    as: 'ben',
    body: ({ gala }) => ({ code: gala.giftCard }),
    asks: true,
    own: [
      {
        what: 'a code that is none',
        change: () => change({ code: '2345A-2345B-2345C-2345D' }),
        told: { status: 404, code: 'gift-card-unknown' },
      },
    ],
  },
];
