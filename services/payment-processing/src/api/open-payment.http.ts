import { clientAddress, route, type Route } from '@boxoffice/shared/http';
import type { PaymentOpening } from '../core/open-payment';
import { OpenPaymentRequest } from './open-payment.request';
import { OpenedPaymentView, openedPaymentView } from './payment.view';

/** `proxies` of ours stand before this service: what they saw of the caller's address is believed. */
export const openPayment = (payments: PaymentOpening, proxies: number): Route =>
  route<OpenPaymentRequest>({
    method: 'POST',
    path: '/payments',
    summary: 'Pay an order: opens a payment at a gateway',
    access: 'signed-in',
    body: OpenPaymentRequest,
    idempotencyKey: 'required',
    answers: {
      status: 201,
      description:
        'The payment, and where to pay. 202 while the gateway has not answered: repeat the request, or look it up.',
      body: OpenedPaymentView,
    },
    async handle({ principal, body, idempotency, headers, peer }) {
      const { orderId, gateway, method } = body;
      const payment = await payments.open({
        userId: principal.userId,
        orderId,
        gateway,
        method,
        address: clientAddress({ headers, peer }, proxies),
        request: idempotency,
      });
      const view = openedPaymentView(payment);
      const location = { location: `/api/v1/payments/${payment.paymentId}` };
      return view.state === 'unknown'
        ? { status: 202, headers: { ...location, 'retry-after': '2' }, body: view }
        : { status: 201, headers: location, body: view };
    },
  });
