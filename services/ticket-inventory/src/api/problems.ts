/** The HTTP status of each refusal; what isn't here is 409. */
export const problems: Readonly<Record<string, number>> = {
  'event-unknown': 404,
  'hold-unknown': 404,
  'ticket-unknown': 404,
  'ticket-type-unknown': 422,
  'quantity-below-minimum': 422,
  'quantity-above-maximum': 422,
  'hold-too-large': 422,
  'idempotency-key-reused': 422,
  'sales-not-open': 409,
  'sales-closed': 409,
  'too-many-holds': 409,
  'sold-out': 409,
  'hold-confirmed': 409,
  'too-busy': 503,
};
