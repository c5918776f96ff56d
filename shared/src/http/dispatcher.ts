import type { Clock } from '../kernel';
import type { Facts, Telemetry } from '../telemetry';
import { healthRoute } from './health';
import { idempotentRequest, readIdempotencyKey } from './idempotency';
import { openApiRoute, type OpenApiInfo } from './openapi';
import { isNotModified, readIfMatch } from './preconditions';
import type { Principal } from './principal';
import { Problem, problemOf, problemReply } from './problem';
import { readJson, readRequest } from './read-request';
import { RequestAtHand, signInRequired } from './request-at-hand';
import type { Reply, Route, Stream } from './route';
import { Router, notFound, type Match } from './router';
import { shapeOf } from './shape';
import { defaultBodyLimit, type Authenticate, type Dispatch, type WireReply, type WireRequest } from './wire';

/** The part of a Service that answers HTTP. */
export interface Served {
  readonly name: string;
  readonly routes: readonly Route[];
  readonly problems: Readonly<Record<string, number>>;
  readonly checks: Readonly<Record<string, () => Promise<void>>>;
}

export interface DispatcherNeeds {
  readonly authenticate: Authenticate;
  readonly telemetry: Telemetry;
  readonly clock: Clock;
  /** Where given, a document describes all routes. */
  readonly openapi?: OpenApiInfo;
}

interface Endpoint {
  readonly route: Route;
  readonly problems: Readonly<Record<string, number>>;
  readonly takesBody: boolean;
  readonly facts: Facts;
  /** The same with each status that it has answered: made once, for every request needs them. */
  readonly answered: Map<number, Facts>;
}

/** All routes of the services, their health, and what HTTP asks of each of them. Throws where two routes are the same. */
export function createDispatcher(services: readonly Served[], needs: DispatcherNeeds): Dispatch {
  const { authenticate, telemetry, clock } = needs;
  const endpoints = services.flatMap((service) =>
    [...service.routes, healthRoute(service, clock, telemetry.log)].map((route) =>
      endpointOf(route, service.problems),
    ),
  );
  if (needs.openapi) endpoints.push(endpointOf(openApiRoute(services, needs.openapi), {}));
  const router = new Router(endpoints);

  // As few functions as can be wait for the handler: in a rush a thousand requests wait, each with all of them.
  function dispatch(request: WireRequest): Promise<WireReply> {
    let match: Match<Endpoint>;
    try {
      match = only(router.find(request.method, request.url));
    } catch (error) {
      return unmatched(request, error);
    }
    const { facts } = match.endpoint;
    // The span times it: the clock at hand is for what a simulation must replay.
    return telemetry.span(
      'http.server.request',
      facts,
      () => counted(request, match),
      request.headers['traceparent'],
    );
  }

  async function counted(request: WireRequest, match: Match<Endpoint>): Promise<WireReply> {
    let reply: WireReply;
    try {
      const wire = onTheWire(request, await handled(request, match));
      reply = wire.stream === undefined ? wire : { ...wire, stream: recorded(wire.stream, match.endpoint) };
    } catch (error) {
      reply = refused(request, error, match.endpoint);
    }
    telemetry.count('http.server.requests', 1, factsOf(match.endpoint, reply.status));
    return reply;
  }

  function handled(request: WireRequest, match: Match<Endpoint>): Promise<Reply> {
    const { route } = match.endpoint;
    const claimed =
      route.rawBody && route.access === 'anyone' ? undefined : authenticate(request.headers['authorization']);
    return claimed instanceof Promise
      ? claimed.then((caller) => handledFor(caller, request, match))
      : handledFor(claimed, request, match);
  }

  /** The cheapest first, and nothing of a body is looked at before its sender is known. */
  function handledFor(
    caller: Principal | undefined,
    request: WireRequest,
    { endpoint, params }: Match<Endpoint>,
  ): Promise<Reply> {
    const { route } = endpoint;
    const { headers, body, url, peer } = request;
    admit(route, caller);
    if (body.length > limitOf(route)) throw tooLarge(route);
    const key =
      route.idempotencyKey === undefined ? undefined : readIdempotencyKey(headers['idempotency-key']);
    const version = route.ifMatch === undefined ? undefined : readIfMatch(headers['if-match']);
    const json = endpoint.takesBody ? readJson(request) : undefined;
    const keyed =
      key === undefined
        ? undefined
        : idempotentRequest(caller?.userId ?? '', route.method, placeOf(route, params), key, json ?? body);
    const question = url.indexOf('?');
    const read = readRequest(route, json, question === -1 ? '' : url.slice(question + 1));
    const raw = route.rawBody ? body : noBytes;
    return route.handle(
      new RequestAtHand(route, params, read.query, read.body, raw, headers, caller, keyed, version, peer),
    );
  }

  /** The same; that it failed is logged here, where that can still be told, and thrown on. */
  function recorded(stream: Stream, { facts }: Endpoint): Stream {
    return async function* (gone) {
      try {
        yield* stream(gone);
      } catch (error) {
        telemetry.log.error('stream failed', error, facts);
        throw error;
      }
    };
  }

  function refused(request: WireRequest, error: unknown, endpoint?: Endpoint): WireReply {
    const problem = problemOf(error, endpoint?.problems ?? {});
    if (problem.status >= 500) record(problem, endpoint);
    // 55 characters: version-traceId-spanId-flags.
    const traceId = telemetry.traceparent()?.slice(3, 35);
    const reply = problemReply(problem, traceId);
    return request.method === 'HEAD' ? withoutBody(reply) : reply;
  }

  function record(problem: Problem, endpoint?: Endpoint): void {
    const facts = { ...endpoint?.facts, code: problem.code };
    if (problem.status === 500) telemetry.log.error('request failed', problem.cause ?? problem, facts);
    else telemetry.log.warn('request not served', facts);
  }

  async function unmatched(request: WireRequest, error: unknown): Promise<WireReply> {
    const problem = error instanceof Problem ? error : notFound();
    if (problem.status === 405 && request.method === 'OPTIONS')
      return { status: 204, headers: problem.headers, body: undefined };
    telemetry.count('http.server.unmatched', 1, { 'http.response.status_code': problem.status });
    // A span without facts: whoever asks for what is not here would choose their values.
    return telemetry.span(
      'http.server.unmatched',
      {},
      async () => refused(request, problem),
      request.headers['traceparent'],
    );
  }

  const routeOf = (method: string, url: string): Route | undefined => {
    try {
      return only(router.find(method, url)).endpoint.route;
    } catch {
      return undefined;
    }
  };
  const bodyLimitOf = (method: string, url: string): number => {
    const route = routeOf(method, url);
    return route === undefined ? 0 : limitOf(route);
  };
  return Object.assign(dispatch, { routeOf, bodyLimitOf });
}

const noBytes = new Uint8Array();

function endpointOf(route: Route, problems: Readonly<Record<string, number>>): Endpoint {
  // A class that can't be read as it is declared stops the start, not the first request.
  for (const type of [route.body, route.query]) if (type !== undefined) shapeOf(type);
  const takesBody =
    route.rawBody !== true && (route.body !== undefined || route.method === 'POST' || route.method === 'PUT');
  return {
    route,
    problems,
    takesBody,
    facts: { 'http.request.method': route.method, 'http.route': route.path },
    answered: new Map(),
  };
}

function factsOf({ answered, facts }: Endpoint, status: number): Facts {
  const known = answered.get(status) ?? { ...facts, 'http.response.status_code': status };
  answered.set(status, known);
  return known;
}

const limitOf = (route: Route): number => route.bodyLimit ?? defaultBodyLimit;

function only(found: Match<Endpoint> | { readonly allowed: readonly string[] } | undefined): Match<Endpoint> {
  if (found === undefined) throw notFound();
  if ('endpoint' in found) return found;
  const allow = found.allowed.join(', ');
  throw new Problem(405, 'method-not-allowed', `This path takes ${allow}.`, {}, { allow });
}

function admit({ access }: Route, caller: Principal | undefined): void {
  if (access === 'anyone') return;
  if (caller === undefined) throw signInRequired();
  if (access !== 'signed-in' && !caller.roles.includes(access)) {
    throw new Problem(403, 'role-required', `This takes the role ${access}.`, { role: access });
  }
}

const tooLarge = (route: Route): Problem =>
  new Problem(413, 'body-too-large', `The body may have ${limitOf(route)} bytes.`, {
    limitBytes: limitOf(route),
  });

const placeOf = (route: Route, params: Readonly<Record<string, string>>): string =>
  [route.path, ...Object.values(params)].join('/');

function onTheWire(request: WireRequest, reply: Reply): WireReply {
  const { status, headers: own, body, bytes, stream } = reply;
  const headers: Record<string, string> = {
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  };
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (own !== undefined) for (const name in own) headers[name.toLowerCase()] = own[name] ?? '';
  if (
    request.method === 'GET' &&
    status === 200 &&
    isNotModified(request.headers['if-none-match'], headers['etag'])
  ) {
    delete headers['content-type'];
    return { status: 304, headers, body: undefined };
  }
  const wire = { status, headers, body: body === undefined ? bytes : JSON.stringify(body) };
  const whole = stream === undefined ? wire : { ...wire, stream };
  return request.method === 'HEAD' ? withoutBody(whole) : whole;
}

function withoutBody({ status, headers, body, stream }: WireReply): WireReply {
  if (stream !== undefined) return { status, headers, body: undefined }; // nobody knows how long it would be
  const length = typeof body === 'string' ? Buffer.byteLength(body) : (body?.length ?? 0);
  return { status, headers: { ...headers, 'content-length': String(length) }, body: undefined };
}
