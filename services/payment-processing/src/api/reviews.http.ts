import { decodeCursor, page, PageQuery, route, type Route } from '@boxoffice/shared/http';
import type { ReviewDeciding } from '../core/fraud/decide-review';
import type { Reviews } from '../core/fraud/ports';
import {
  DecideReviewRequest,
  ReviewedView,
  reviewedView,
  ReviewPageView,
  waitingReviewView,
} from './review.view';

export const listReviews = (reviews: Reviews): Route =>
  route<object, PageQuery>({
    method: 'GET',
    path: '/payments/reviews',
    summary: 'Payments that are authorised and wait for a person to look at them, oldest first',
    access: 'admin',
    query: PageQuery,
    answers: { status: 200, description: 'A page of them', body: ReviewPageView },
    async handle({ query: { limit, cursor } }) {
      const after = decodeCursor(cursor, 'paymentId')?.[0];
      const found = await reviews.waiting({ limit: limit + 1, after });
      return { status: 200, body: page(found.map(waitingReviewView), limit, (last) => [last.paymentId]) };
    },
  });

export const decideReview = (reviews: ReviewDeciding): Route =>
  route<DecideReviewRequest>({
    method: 'POST',
    path: '/payments/{paymentId}/review',
    summary: 'Capture a payment that waits for it, or take it back',
    access: 'admin',
    body: DecideReviewRequest,
    answers: { status: 200, description: 'Decided, now or before', body: ReviewedView },
    async handle({ principal, params, body: { decision, note } }) {
      const paymentId = params['paymentId'] ?? '';
      const { userId } = principal;
      return { status: 200, body: reviewedView(await reviews.decide({ paymentId, decision, note, userId })) };
    },
  });
