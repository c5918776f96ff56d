import { decodeCursor, page, PageQuery, route, type Route } from '@boxoffice/shared/http';
import type { MyRecords } from '../core/my-records';
import { OrderPageView, OrderView, orderView } from './order.view';

export const getOrder = (mine: MyRecords): Route =>
  route({
    method: 'GET',
    path: '/orders/{orderId}',
    summary: 'An order of yours, with its tickets once they are issued',
    access: 'signed-in',
    answers: { status: 200, description: 'The order', body: OrderView },
    async handle({ principal, params }) {
      const order = await mine.order(principal.userId, params['orderId'] ?? '');
      return { status: 200, headers: { etag: `"${order.version}"` }, body: orderView(order) };
    },
  });

export const listOrders = (mine: MyRecords): Route =>
  route<object, PageQuery>({
    method: 'GET',
    path: '/orders',
    summary: 'Your orders, newest first',
    access: 'signed-in',
    query: PageQuery,
    answers: { status: 200, description: 'A page of them', body: OrderPageView },
    async handle({ principal, query: { limit, cursor } }) {
      const before = decodeCursor(cursor, 'orderId')?.[0];
      const orders = await mine.orders(principal.userId, { limit: limit + 1, before });
      return { status: 200, body: page(orders.map(orderView), limit, (last) => [last.orderId]) };
    },
  });
