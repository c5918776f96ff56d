import { route, type Route } from '@boxoffice/shared/http';
import type { WaysToPay } from '../core/ways-to-pay';
import { WaysToPayView, waysToPayView } from './ways-to-pay.view';

export const listWaysToPay = (ways: WaysToPay): Route =>
  route({
    method: 'GET',
    path: '/orders/{orderId}/ways-to-pay',
    summary: 'By which gateways and methods an order of yours can be paid, the usual one first',
    access: 'signed-in',
    answers: { status: 200, description: 'The ways to pay; none where nothing is due', body: WaysToPayView },
    async handle({ principal, params }) {
      return { status: 200, body: waysToPayView(await ways.of(principal.userId, params['orderId'] ?? '')) };
    },
  });
