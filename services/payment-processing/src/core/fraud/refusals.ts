import { Refusal } from '@boxoffice/shared/kernel';

/** None says which rule it was, nor how far it went: whoever tries cards would try around it. */
export function paymentRefused(why: 'too-often' | 'not-here' | 'not-at-all'): Refusal {
  switch (why) {
    case 'too-often':
      return new Refusal(
        'payments-limited',
        'Too many payments in a short time. Try again later, with a new Idempotency-Key.',
        { retryAfterSeconds: 3600 },
      );
    case 'not-here':
      return new Refusal('gateway-not-for-this', 'This payment is not taken through this gateway.');
    case 'not-at-all':
      return new Refusal('payment-refused', 'This payment is not taken.');
  }
}

export const reviewNotFound = (): Refusal =>
  new Refusal('review-not-found', 'No such payment is or was to be reviewed.');
export const reviewDecided = (state: string): Refusal =>
  new Refusal('review-decided', 'This payment was decided on before.', { state });
export const nothingToReview = (): Refusal =>
  new Refusal(
    'nothing-to-review',
    'There is nothing to decide: this payment is not authorised, or no longer.',
  );
