import type { Route } from './route';
import type { JsonSchema } from './schema';

/** problem+json as every error is answered. */
export const problemSchema: JsonSchema = {
  type: 'object',
  description: 'RFC 9457, with members of their own for some codes.',
  properties: {
    type: { type: 'string', format: 'uri', examples: ['urn:boxoffice:problem:invalid-request'] },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string', description: 'Stable: what a program decides by.' },
    detail: { type: 'string', description: 'For people.' },
    traceId: { type: 'string', description: 'Under which the operator finds it.' },
    errors: {
      type: 'array',
      description: 'Every fault of the request.',
      items: {
        type: 'object',
        properties: {
          field: { type: 'string', examples: ['lines[0].quantity'] },
          code: { type: 'string', examples: ['min'] },
          message: { type: 'string' },
        },
        required: ['field', 'code', 'message'],
      },
    },
  },
  required: ['type', 'title', 'status', 'code', 'detail'],
};

/** The problems that HTTP itself may answer on this route; `default` stands for the service's refusals. */
export function problemsOf(route: Route): Readonly<Record<string, JsonSchema>> {
  const { access, path } = route;
  const takesBody = route.body !== undefined || route.rawBody === true;
  const statuses: readonly (readonly [number, boolean, string])[] = [
    [
      400,
      takesBody || route.query !== undefined || route.idempotencyKey !== undefined,
      'The request is faulty; every fault is listed.',
    ],
    [401, access !== 'anyone', 'No token, or one that does not hold.'],
    [403, access === 'organizer' || access === 'admin', 'The role is missing.'],
    [404, path.includes('{'), 'There is no such thing, or it is not yours.'],
    [412, route.ifMatch !== undefined, 'Another has changed it since.'],
    [413, takesBody, 'The body is too large.'],
    [415, route.body !== undefined, 'The body is not JSON.'],
    [422, route.idempotencyKey !== undefined, 'The Idempotency-Key was used before with another body.'],
    [428, route.ifMatch !== undefined, 'If-Match is missing.'],
    [503, true, 'Not now; Retry-After says when.'],
  ];
  const told = statuses
    .filter(([, applies]) => applies)
    .map(([status, , description]) => [status, problem(description)] as const);
  return { ...Object.fromEntries(told), default: problem('A rule says no, or something went wrong.') };
}

const problem = (description: string): JsonSchema => ({
  description,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});
