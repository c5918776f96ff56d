import { route, type Route } from '@boxoffice/shared/http';
import type { EventRefunding } from '../core/refund-event';
import type { RefundRequesting } from '../core/request-refund';
import type { HandSettling } from '../core/settle-by-hand';
import { callerFrom } from './caller';
import { EventRefundRequest, RefundRequest } from './refunds.request';
import { EventRefundsView, eventRefundsView, RefundView, refundView } from './refunds.view';

export const refundPayment = (refunds: RefundRequesting): Route =>
  route<RefundRequest>({
    method: 'POST',
    path: '/payments/{paymentId}/refund',
    summary:
      'Give back a payment, or a part of it: by the organiser’s people, or by the buyer where there are no tickets yet',
    access: 'signed-in',
    body: RefundRequest,
    idempotencyKey: 'required',
    answers: {
      status: 202,
      description: 'The refund as it was recorded. The gateway is asked until it is done.',
      body: RefundView,
    },
    async handle({ principal, params, body, idempotency }) {
      const { reason, note, ticketIds, amountMinor } = body;
      const refund = await refunds.request({
        by: callerFrom(principal),
        paymentId: params['paymentId'] ?? '',
        reason,
        note,
        ticketIds,
        amountMinor,
        request: idempotency,
      });
      return { status: 202, body: refundView(refund) };
    },
  });

export const refundEvent = (refunds: EventRefunding): Route =>
  route<EventRefundRequest>({
    method: 'POST',
    path: '/events/{eventId}/refunds',
    summary: 'Give back what all orders of an event of yours have paid; a cancelled event does so by itself',
    access: 'signed-in',
    body: EventRefundRequest,
    idempotencyKey: 'required',
    answers: { status: 202, description: 'Begun, now or before. GET tells how far it has come.' },
    async handle({ principal, params: { eventId = '' }, body: { reason }, idempotency }) {
      await refunds.ask({ by: callerFrom(principal), eventId, reason, request: idempotency });
      return { status: 202, headers: { location: `/api/v1/events/${eventId}/refunds` } };
    },
  });

export const showEventRefunds = (refunds: EventRefunding): Route =>
  route({
    method: 'GET',
    path: '/events/{eventId}/refunds',
    summary: 'How far the refunds of an event of yours have come',
    access: 'signed-in',
    answers: { status: 200, description: 'Counts and sums', body: EventRefundsView },
    async handle({ principal, params: { eventId = '' } }) {
      return {
        status: 200,
        body: eventRefundsView(await refunds.progress(callerFrom(principal), eventId)),
      };
    },
  });

export const settleByHand = (hand: HandSettling): Route =>
  route({
    method: 'POST',
    path: '/refunds/{refundId}/settled-by-hand',
    summary: 'Record that a person gave back what the gateway would not',
    access: 'admin',
    answers: { status: 200, description: 'The refund', body: RefundView },
    async handle({ principal, params }) {
      return {
        status: 200,
        body: refundView(await hand.settle(principal.userId, params['refundId'] ?? '')),
      };
    },
  });
