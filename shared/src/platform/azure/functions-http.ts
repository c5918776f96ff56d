import { app, type HttpRequest, type HttpResponseInit, type InvocationContext } from '@azure/functions';
import { Problem, type Route, type WireReply, type WireRequest } from '../../http';
import { problemReply } from '../../http/problem';
import type { Telemetry } from '../../telemetry';
import type { HttpStreams } from './http-streams';

export interface HttpBinding {
  readonly dispatch: (request: WireRequest) => Promise<WireReply>;
  /** Where any route of the app answers with a stream. */
  readonly streams: HttpStreams | undefined;
}

const notStarted = new Problem(
  503,
  'starting',
  'The service has not started yet. Try again in a moment.',
  {},
  { 'retry-after': '5' },
);

/** One route of the service; until that has started, the answer is 503. */
export function bindRoute(
  route: Route,
  binding: HttpBinding,
  ready: () => Promise<void>,
  telemetry: Telemetry,
): void {
  const name = `${route.method}${route.path}`.replaceAll('/', '-').replaceAll('{', 'by-').replaceAll('}', '');
  const dispatch = async (request: WireRequest): Promise<WireReply> => {
    try {
      await ready();
    } catch (error) {
      telemetry.log.error('not started, a request was turned away', error);
      telemetry.count('http.server.requests', 1, {
        'http.request.method': route.method,
        'http.route': route.path,
        'http.response.status_code': notStarted.status,
      });
      return problemReply(notStarted, undefined);
    }
    return binding.dispatch(request);
  };
  bindHttp(kebab(name), route.method, route.path, { ...binding, dispatch });
}

export function bindHttp(name: string, method: Route['method'], path: string, binding: HttpBinding): void {
  app.http(name, {
    methods: [method],
    // API Management is the only way in, and each request's bearer token is checked behind this.
    authLevel: 'anonymous',
    route: `v1${path}`, // host.json puts `api` before it
    handler: (request, context) => answer(request, context, binding),
  });
}

async function answer(
  request: HttpRequest,
  context: InvocationContext,
  { dispatch, streams }: HttpBinding,
): Promise<HttpResponseInit> {
  const { pathname, search } = new URL(request.url);
  const headers = Object.fromEntries(request.headers);
  const traceparent = context.traceContext?.traceParent;
  const reply = await dispatch({
    method: request.method,
    url: pathname + search,
    // The host has made the request a span of its own, within the caller's trace where there is one.
    headers: traceparent ? { ...headers, traceparent } : headers,
    body: new Uint8Array(await request.arrayBuffer()),
  });
  const body = reply.stream ? streams?.bodyOf(context.invocationId, reply.stream) : reply.body;
  return { status: reply.status, headers: { ...reply.headers }, ...(body === undefined ? {} : { body }) };
}

/** `postThings/{thingId}.pdf` → `post-things-thing-id-pdf`. */
export const kebab = (name: string): string =>
  name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replaceAll(/[^A-Za-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .toLowerCase();
