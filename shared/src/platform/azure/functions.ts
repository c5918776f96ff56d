import { app, type HttpRequest, type HttpResponseInit, type InvocationContext } from '@azure/functions';
import {
  createDispatcher,
  Problem,
  type Authenticate,
  type Dispatch,
  type Route,
  type WireReply,
  type WireRequest,
} from '../../http';
import { problemReply } from '../../http/problem';
import type { Telemetry } from '../../telemetry';
import type { Platform } from '../platform';
import type { Consumer, Feed, Service, Timer } from '../service';
import { storedFrom } from './cosmos';
import { ncrontab } from './ncrontab';
import { holdBack, readEnvelope } from './service-bus';

export interface FunctionsDeps {
  readonly platform: Platform;
  readonly authenticate: Authenticate;
  /** When the host shuts the app down, after the platform has been closed. */
  readonly close?: () => Promise<void>;
}

type Answer = (request: WireRequest) => Promise<WireReply>;

/** The app settings' names under which host.json's extensions find Service Bus and Cosmos DB. */
const connections = { bus: 'ServiceBusConnection', documents: 'CosmosDbConnection' } as const;

/**
 * Registers every trigger of a service with the Functions host. Names are unique in the app: `post-holds`,
 * `get-orders-by-order-id`, `consume-event-management`, and timers and feeds by their own.
 */
export function bindToFunctions(service: Service, deps: FunctionsDeps): void {
  const { platform, authenticate } = deps;
  const { clock, telemetry } = platform;
  const ready = startOnce(service);
  const dispatch = createDispatcher([service], { authenticate, telemetry, clock });

  // The first invocation waits for it anyway; begun here, it overlaps with the host's own start.
  app.hook.appStart(() => {
    ready().catch((error: unknown) =>
      telemetry.log.error('not started, the next invocation will try again', error),
    );
  });
  app.hook.appTerminate(async () => {
    await platform.close();
    await deps.close?.();
  });

  // Health is asked for before the start has succeeded, too.
  bindHttp(`get-${service.name}-health`, 'GET', `/${service.name}/health`, dispatch);
  for (const route of service.routes) bindRoute(route, dispatch, ready, telemetry);
  for (const consumer of service.consumers) bindConsumer(consumer, ready, platform);
  for (const timer of service.timers) bindTimer(timer, ready, platform);
  for (const feed of service.feeds) bindFeed(service, feed, ready, platform);
}

/** `service.start()` once, shared by whoever waits for it; where it failed, whoever comes next begins again. */
function startOnce(service: Service): () => Promise<void> {
  let started: Promise<void> | undefined;
  return () => {
    started ??= Promise.resolve(service.start?.()).catch((error: unknown) => {
      started = undefined;
      throw error;
    });
    return started;
  };
}

function bindRoute(route: Route, dispatch: Dispatch, ready: () => Promise<void>, telemetry: Telemetry): void {
  const name = `${route.method}${route.path}`.replaceAll('/', '-').replaceAll('{', 'by-').replaceAll('}', '');
  bindHttp(kebab(name), route.method, route.path, async (request) => {
    try {
      await ready();
    } catch (error) {
      telemetry.log.error('not started, a request was turned away', error);
      return problemReply(
        new Problem(
          503,
          'starting',
          'The service has not started yet. Try again in a moment.',
          {},
          { 'retry-after': '5' },
        ),
        undefined,
      );
    }
    return dispatch(request);
  });
}

function bindHttp(name: string, method: Route['method'], path: string, dispatch: Answer): void {
  app.http(name, {
    methods: [method],
    // API Management is the only way in, and each request's bearer token is checked behind this.
    authLevel: 'anonymous',
    route: `v1${path}`, // host.json puts `api` before it
    handler: (request, context) => answer(request, context, dispatch),
  });
}

async function answer(
  request: HttpRequest,
  context: InvocationContext,
  dispatch: Answer,
): Promise<HttpResponseInit> {
  const { pathname, search } = new URL(request.url);
  const headers = Object.fromEntries(request.headers);
  const traceparent = context.traceContext?.traceParent;
  const reply = await dispatch({
    method: request.method,
    url: pathname + search,
    // The host has made the request a span of its own, within the caller's trace.
    headers: traceparent ? { ...headers, traceparent } : headers,
    body: new Uint8Array(await request.arrayBuffer()),
  });
  return {
    status: reply.status,
    headers: { ...reply.headers },
    ...(reply.body === undefined ? {} : { body: reply.body }),
  };
}

function bindConsumer(
  { subscription, handle }: Consumer,
  ready: () => Promise<void>,
  platform: Platform,
): void {
  const { topic } = subscription;
  app.serviceBusTopic(`consume-${topic}`, {
    connection: connections.bus,
    topicName: topic,
    subscriptionName: subscription.subscription,
    cardinality: 'one',
    handler: async (message, context) => {
      const count = Number(context.triggerMetadata?.['deliveryCount'] ?? 1);
      try {
        await ready();
        const envelope = readEnvelope(message);
        const facts = { messageId: envelope.id, type: envelope.type, deliveryCount: count };
        await platform.telemetry.span(
          'consume',
          facts,
          () => handle(envelope, { count }),
          envelope.traceparent,
        );
      } catch (error) {
        await holdBack(platform.clock, error, count);
        throw error; // the host gives the message back; after the tenth failure Service Bus keeps it as a dead letter
      }
    },
  });
}

function bindTimer(timer: Timer, ready: () => Promise<void>, platform: Platform): void {
  app.timer(kebab(timer.name), {
    schedule: ncrontab(timer.everySeconds),
    handler: async () => {
      await ready();
      await platform.telemetry.span('timer', { timer: timer.name }, () => timer.run());
    },
  });
}

function bindFeed(service: Service, feed: Feed, ready: () => Promise<void>, platform: Platform): void {
  app.cosmosDB(kebab(feed.name), {
    connection: connections.documents,
    databaseName: service.name,
    containerName: feed.container.name,
    leaseContainerName: 'leases',
    leaseContainerPrefix: feed.name,
    createLeaseContainerIfNotExists: false, // Bicep makes it; the app's identity may not
    startFromBeginning: true,
    feedPollDelay: 500, // what a feed announces, others wait for
    maxItemsPerInvocation: 100,
    // Until a page has been handled the leases stay where they are, so nothing is passed over.
    retry: {
      strategy: 'exponentialBackoff',
      maxRetryCount: -1,
      minimumInterval: 500,
      maximumInterval: 30_000,
    },
    handler: async (documents: unknown[]) => {
      await ready();
      const facts = { feed: feed.name, documents: documents.length };
      await platform.telemetry.span('feed', facts, () => feed.handle(documents.map(storedFrom)));
    },
  });
}

const kebab = (name: string): string =>
  name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replaceAll(/[^A-Za-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .toLowerCase();
