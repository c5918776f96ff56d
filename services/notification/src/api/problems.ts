/** The HTTP status of each refusal. */
export const problems: Readonly<Record<string, number>> = {
  'notification-not-found': 404,
  'user-not-found': 404,
};
