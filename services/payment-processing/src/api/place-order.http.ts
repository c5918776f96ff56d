import { route, type Principal, type Route } from '@boxoffice/shared/http';
import type { Answers } from '../core/answers';
import type { Wishes } from '../core/ask-price';
import type { Buyer } from '../core/order';
import type { OrderPlacing } from '../core/place-order';
import { PlacedOrderView, placedOrderView } from './order.view';
import { PlaceOrderRequest, type BuyerRequest } from './place-order.request';

export const placeOrder = (orders: OrderPlacing): Route =>
  route<PlaceOrderRequest>({
    method: 'POST',
    path: '/orders',
    summary: 'Order what is held, at the price that was announced',
    access: 'signed-in',
    body: PlaceOrderRequest,
    bodyLimit: 262_144,
    idempotencyKey: 'required',
    answers: {
      status: 201,
      description: 'The order. It can be paid as long as the hold lasts.',
      body: PlacedOrderView,
    },
    async handle({ principal, body, idempotency }) {
      const { userId } = principal;
      const { holdToken } = body;
      const wishes = wishesOf(principal, body);
      const order = await orders.place({
        userId,
        holdToken,
        ...wishes,
        answers: answersOf(body),
        request: idempotency,
      });
      return {
        status: 201,
        headers: { location: `/api/v1/orders/${order.orderId}` },
        body: placedOrderView(order),
      };
    },
  });

export const wishesOf = (principal: Principal, body: PlaceOrderRequest): Wishes => ({
  buyer: body.buyer ? namedBuyer(body.buyer) : buyerFrom(principal),
  codes: body.codes ?? [],
  giftCards: body.giftCards ?? [],
  prices: body.prices ?? [],
});

const answersOf = ({ answers = [], attendees = [] }: PlaceOrderRequest): Answers => ({
  buyer: answers,
  attendees: attendees.map(({ answers: theirs = [], ...attendee }) => ({ ...attendee, answers: theirs })),
});

const namedBuyer = ({ name, email, ...more }: BuyerRequest): Buyer => ({ name, email, ...more });
const buyerFrom = ({ name, email }: Principal): Buyer => ({ name: name.slice(0, 200), email });
