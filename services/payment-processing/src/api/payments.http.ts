import { decodeCursor, page, PageQuery, route, type Route } from '@boxoffice/shared/http';
import type { PaymentConfirming } from '../core/confirm-payment';
import type { MyRecords } from '../core/my-records';
import {
  PaymentPageView,
  PaymentView,
  paymentView,
  PaymentWithRefundsView,
  paymentWithRefundsView,
} from './payment.view';

export const getPayment = (mine: MyRecords): Route =>
  route({
    method: 'GET',
    path: '/payments/{paymentId}',
    summary: 'A payment of yours, with what was given back of it',
    access: 'signed-in',
    answers: { status: 200, description: 'The payment', body: PaymentWithRefundsView },
    async handle({ principal, params }) {
      const payment = await mine.payment(principal.userId, params['paymentId'] ?? '');
      return { status: 200, body: paymentWithRefundsView(payment, await mine.refundsOf(payment)) };
    },
  });

export const confirmPayment = (payments: PaymentConfirming): Route =>
  route({
    method: 'POST',
    path: '/payments/{paymentId}/confirm',
    summary: 'Ask the gateway now what became of a payment of yours',
    access: 'signed-in',
    answers: { status: 200, description: 'The payment as the gateway knows it', body: PaymentView },
    async handle({ principal, params }) {
      return {
        status: 200,
        body: paymentView(await payments.confirm(principal.userId, params['paymentId'] ?? '')),
      };
    },
  });

export const listPayments = (mine: MyRecords): Route =>
  route<object, PageQuery>({
    method: 'GET',
    path: '/payments/user/{userId}',
    summary: 'Your payments, newest first',
    access: 'signed-in',
    query: PageQuery,
    answers: { status: 200, description: 'A page of them', body: PaymentPageView },
    async handle({ principal, params, query: { limit, cursor } }) {
      const before = decodeCursor(cursor, 'paymentId')?.[0];
      const payments = await mine.payments(principal.userId, params['userId'] ?? '', {
        limit: limit + 1,
        before,
      });
      return { status: 200, body: page(payments.map(paymentView), limit, (last) => [last.paymentId]) };
    },
  });
