/** The HTTP status of each refusal. */
export const problems: Readonly<Record<string, number>> = {
  'event-not-found': 404,
  'ticket-type-not-found': 404,
  'pool-not-found': 404,
  'venue-not-found': 404,
  'seat-map-not-found': 404,
  'seating-not-found': 404,
  'event-not-draft': 409,
  'category-exists': 409,
  'ticket-types-full': 409,
  'ticket-type-seated': 409,
  'pools-full': 409,
  'pool-in-use': 409,
  'version-changed': 412,
  'not-possible': 422,
  'event-not-publishable': 422,
  'idempotency-key-reused': 422,
};
