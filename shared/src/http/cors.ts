/** What browsers on other origins may do. None but those named may do anything. */
export interface Cors {
  readonly origins: readonly string[];
}

type Headers = Readonly<Record<string, string | undefined>>;

const requestHeaders =
  'authorization, content-type, idempotency-key, if-match, if-none-match, last-event-id, traceparent';
const replyHeaders = 'etag, location, retry-after, www-authenticate';

/** The headers that a reply to this origin carries; tokens travel in headers, so no cookie is ever let through. */
export function corsHeaders({ origins }: Cors, request: Headers): Record<string, string> {
  const origin = request['origin'];
  if (origin === undefined || !origins.includes(origin)) return { vary: 'origin' };
  return {
    vary: 'origin',
    'access-control-allow-origin': origin,
    'access-control-expose-headers': replyHeaders,
  };
}

/** The answer to a browser that asks beforehand, or undefined where it is no such question. */
export function preflight(
  cors: Cors,
  method: string | undefined,
  request: Headers,
): Record<string, string> | undefined {
  if (
    method !== 'OPTIONS' ||
    request['origin'] === undefined ||
    request['access-control-request-method'] === undefined
  )
    return undefined;
  const headers = corsHeaders(cors, request);
  if (headers['access-control-allow-origin'] === undefined) return headers;
  return {
    ...headers,
    'access-control-allow-methods': 'GET, HEAD, POST, PUT, DELETE',
    'access-control-allow-headers': requestHeaders,
    'access-control-max-age': '600',
  };
}
