import type { Door } from './door';

/** What waits for somebody to look at it. */
export const fraudDoors: readonly Door[] = [
  { route: 'GET /payments/reviews', as: 'ada' },
  {
    route: 'POST /payments/{paymentId}/review',
    as: 'ada',
    params: ({ doubtful }) => ({ paymentId: doubtful.paymentId }),
    body: () => ({ decision: 'approve', note: 'They were called.\nAll is well.' }),
    unknown: { paymentId: 'review-not-found' },
    own: [
      {
        what: 'a payment that nobody doubts',
        change: ({ bens, doubtful }, { url }) => ({
          url: url.replace(doubtful.paymentId, bens.bought.paymentId),
        }),
        told: { status: 404, code: 'review-not-found' },
      },
      {
        what: 'a decision that is none',
        change: () => ({ body: { decision: 'capture' } }),
        told: { status: 400, code: 'invalid-request', fields: ['decision'] },
      },
    ],
  },
];
