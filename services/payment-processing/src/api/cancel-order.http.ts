import { route, type Route } from '@boxoffice/shared/http';
import type { OrderCancelling } from '../core/cancel-order';
import { OrderView, orderView } from './order.view';

export const cancelOrder = (orders: OrderCancelling): Route =>
  route({
    method: 'POST',
    path: '/orders/{orderId}/cancel',
    summary: 'Give up an order of yours that is not paid; a payment that arrives all the same goes back',
    access: 'signed-in',
    answers: { status: 200, description: 'The order', body: OrderView },
    async handle({ principal, params }) {
      const order = await orders.cancel(principal.userId, params['orderId'] ?? '');
      return { status: 200, body: orderView(order) };
    },
  });
