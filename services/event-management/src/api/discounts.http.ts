import { etag, route, type Route } from '@boxoffice/shared/http';
import type { Discounts } from '../core/give-discounts';
import type { Showing } from '../core/show-event';
import { discountDetailsOf, DiscountRequest } from './discount.request';
import { DiscountsView, DiscountView } from './discount.view';

export const addDiscount = (discounts: Discounts): Route =>
  route<DiscountRequest>({
    method: 'POST',
    path: '/events/{eventId}/discounts',
    summary: 'Give a discount, by code or to everybody, on a draft or on a published event',
    access: 'organizer',
    body: DiscountRequest,
    idempotencyKey: 'required',
    answers: { status: 201, description: 'The discount; the ETag is the event’s.', body: DiscountView },
    async handle({ params: { eventId = '' }, body, principal, idempotency }) {
      const details = discountDetailsOf(body);
      const { version, discount } = await discounts.add(eventId, principal.userId, details, idempotency);
      const location = `/api/v1/events/${eventId}/discounts/${discount.discountId}`;
      return { status: 201, headers: { etag: etag(version), location }, body: discount };
    },
  });

export const listDiscounts = (showing: Showing): Route =>
  route({
    method: 'GET',
    path: '/events/{eventId}/discounts',
    summary: 'The discounts of an event of yours, with their codes',
    access: 'organizer',
    answers: { status: 200, description: 'All of them; the ETag is the event’s.', body: DiscountsView },
    async handle({ params: { eventId = '' }, principal }) {
      const { version, discounts } = await showing.own(eventId, principal.userId);
      return { status: 200, headers: { etag: etag(version) }, body: { items: discounts } };
    },
  });

export const changeDiscount = (discounts: Discounts): Route =>
  route<DiscountRequest>({
    method: 'PUT',
    path: '/events/{eventId}/discounts/{discountId}',
    summary:
      'Write a discount anew: a code that is left out is good no more; If-Match takes the event’s ETag',
    access: 'organizer',
    body: DiscountRequest,
    ifMatch: 'required',
    answers: { status: 200, description: 'The discount; the ETag is the event’s.', body: DiscountView },
    async handle({ params: { eventId = '', discountId = '' }, body, principal, ifMatch }) {
      const change = { eventId, discountId, organizerId: principal.userId, seenVersion: ifMatch };
      const { version, discount } = await discounts.rewrite(change, discountDetailsOf(body));
      return { status: 200, headers: { etag: etag(version) }, body: discount };
    },
  });

export const removeDiscount = (discounts: Discounts): Route =>
  route({
    method: 'DELETE',
    path: '/events/{eventId}/discounts/{discountId}',
    summary: 'End a discount; If-Match takes the event’s ETag',
    access: 'organizer',
    ifMatch: 'required',
    answers: { status: 204, description: 'It is gone; the ETag is the event’s.' },
    async handle({ params: { eventId = '', discountId = '' }, principal, ifMatch }) {
      const change = { eventId, discountId, organizerId: principal.userId, seenVersion: ifMatch };
      const { version } = await discounts.remove(change);
      return { status: 204, headers: { etag: etag(version) } };
    },
  });
