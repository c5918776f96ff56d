/** The HTTP status of each refusal; those that are not named are 409. */
export const problems: Readonly<Record<string, number>> = {
  'order-not-found': 404,
  'payment-not-found': 404,
  'user-not-found': 404,
  'gateway-not-found': 404,
  'hold-token-refused': 422,
  'hold-expired': 409,
  'mixed-currencies': 409,
  'not-ready': 503,
  'gateway-not-available': 422,
  'gateway-silent': 503,
  'webhook-refused': 400,
  'order-paid': 409,
  'order-expired': 409,
  'payment-under-way': 409,
  'not-paid': 409,
  'idempotency-key-reused': 422,
};
