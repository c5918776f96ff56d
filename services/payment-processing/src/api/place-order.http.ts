import { route, type Principal, type Route } from '@boxoffice/shared/http';
import type { Buyer } from '../core/order';
import type { OrderPlacing } from '../core/place-order';
import { PlacedOrderView, placedOrderView } from './order.view';
import { PlaceOrderRequest } from './place-order.request';

export const placeOrder = (orders: OrderPlacing): Route =>
  route<PlaceOrderRequest>({
    method: 'POST',
    path: '/orders',
    summary: 'Order what is held, at the price that was announced',
    access: 'signed-in',
    body: PlaceOrderRequest,
    idempotencyKey: 'required',
    answers: {
      status: 201,
      description: 'The order. It can be paid as long as the hold lasts.',
      body: PlacedOrderView,
    },
    async handle({ principal, body, idempotency }) {
      const { userId } = principal;
      const buyer: Buyer = body.buyer ?? buyerFrom(principal);
      const order = await orders.place({ userId, buyer, holdToken: body.holdToken, request: idempotency });
      return {
        status: 201,
        headers: { location: `/api/v1/orders/${order.orderId}` },
        body: placedOrderView(order),
      };
    },
  });

const buyerFrom = ({ name, email }: Principal): Buyer => ({ name: name.slice(0, 200), email });
