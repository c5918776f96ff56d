import { app, type InvocationContext } from '@azure/functions';
import { createDispatcher, isStream, type Authenticate } from '../../http';
import { toMilliseconds } from '../../kernel';
import { measureAge } from '../../messaging';
import { recordOf, type Facts } from '../../telemetry';
import type { Platform } from '../platform';
import type { Consumer, Feed, Service, Timer } from '../service';
import { storedFrom } from './cosmos';
import { bindHttp, bindRoute, kebab } from './functions-http';
import { HttpStreams } from './http-streams';
import { ncrontab } from './ncrontab';
import { holdBack, readEnvelope } from './service-bus';

export interface FunctionsDeps {
  readonly platform: Platform;
  readonly authenticate: Authenticate;
  /** The discovery document of whoever issues the tokens: the service's own document names it. */
  readonly openIdConnectUrl?: string;
  /** No timer is scheduled more often than this; 0: as the code says. */
  readonly timersAtLeastSeconds: number;
  /** When the host shuts the app down, after the platform has been closed. */
  readonly close?: () => Promise<void>;
}

/** The app settings' names under which host.json's extensions find Service Bus and Cosmos DB. */
const connections = { bus: 'ServiceBusConnection', documents: 'CosmosDbConnection' } as const;

/**
 * Registers every trigger of a service with the Functions host. Names are unique in the app: `post-holds`,
 * `get-orders-by-order-id`, `consume-event-management`, and timers and feeds by their own.
 */
export function bindToFunctions(service: Service, deps: FunctionsDeps): void {
  const { platform, authenticate, openIdConnectUrl, timersAtLeastSeconds } = deps;
  const { clock, telemetry } = platform;
  const ready = startOnce(service, platform);
  const dispatch = createDispatcher([withSchemaChecked(service, platform)], {
    authenticate,
    telemetry,
    clock,
    openapi: {
      title: `Boxoffice: ${service.name}`,
      version: '1',
      path: `/${service.name}/openapi.json`,
      ...(openIdConnectUrl === undefined ? {} : { openIdConnectUrl }),
    },
  });
  const streams = service.routes.some(isStream) ? new HttpStreams() : undefined;

  // The first invocation waits for it anyway; begun here, it overlaps with the host's own start.
  app.hook.appStart(() => {
    ready().catch((error: unknown) =>
      telemetry.log.error('not started, the next invocation will try again', error),
    );
  });
  app.hook.appTerminate(async () => {
    streams?.endAll();
    await platform.close();
    await deps.close?.();
  });

  // These are asked for before the start has succeeded, too.
  bindHttp(`get-${service.name}-health`, 'GET', `/${service.name}/health`, { dispatch, streams });
  bindHttp(`get-${service.name}-openapi-json`, 'GET', `/${service.name}/openapi.json`, { dispatch, streams });
  for (const route of service.routes) bindRoute(route, { dispatch, streams }, ready, telemetry);
  for (const consumer of service.consumers) bindConsumer(consumer, ready, platform);
  for (const timer of service.timers) bindTimer(timer, timersAtLeastSeconds, ready, platform);
  for (const feed of service.feeds) bindFeed(service, feed, ready, platform);
}

/** Health tells of a database that was not migrated for this code: no trigger would run on it. */
const withSchemaChecked = (service: Service, platform: Platform): Service =>
  platform.checkSchema === undefined || service.migrations.length === 0
    ? service
    : { ...service, checks: { ...service.checks, schema: async () => platform.checkSchema?.(service) } };

/** `service.start()` once, on a platform that is ready, shared by whoever waits for it; where it failed, whoever comes next begins again. */
function startOnce(service: Service, platform: Platform): () => Promise<void> {
  let started: Promise<void> | undefined;
  return () => {
    started ??= begun(service, platform).catch((error: unknown) => {
      started = undefined;
      throw error;
    });
    return started;
  };
}

async function begun(service: Service, platform: Platform): Promise<void> {
  await platform.ready?.();
  await platform.checkSchema?.(service);
  await service.start?.();
}

interface Invocation {
  readonly name: string;
  readonly facts: Facts;
  readonly traceparent?: string | undefined;
}

/**
 * Runs what was triggered as a span. The host records whatever a handler throws, as it is: so the fault itself goes to our
 * own log, which redacts, and the host is told no more than that will bear.
 */
async function invoked(
  platform: Platform,
  { name, facts, traceparent }: Invocation,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await platform.telemetry.span(name, facts, work, traceparent);
  } catch (error) {
    platform.telemetry.log.error(`${name} failed`, error, facts);
    const told = recordOf(error);
    throw new Error(`${told.name}: ${told.message}`);
  }
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
      const { messageId } = context.triggerMetadata ?? {};
      const facts = {
        topic,
        messageId: typeof messageId === 'string' ? messageId : undefined,
        deliveryCount: count,
      };
      const traceparent = traceparentOf(message);
      // What it throws makes the host give the message back; after the tenth time Service Bus keeps it as a dead letter.
      await invoked(platform, { name: 'consume', facts, traceparent }, async () => {
        try {
          await ready();
          const envelope = readEnvelope(message);
          measureAge(envelope, platform.telemetry, toMilliseconds(platform.clock.now()));
          await handle(envelope, { count });
        } catch (error) {
          await holdBack(platform.clock, error, count);
          throw error;
        }
      });
    },
  });
}

function traceparentOf(message: unknown): string | undefined {
  const traceparent =
    typeof message === 'object' && message !== null && 'traceparent' in message
      ? message.traceparent
      : undefined;
  return typeof traceparent === 'string' ? traceparent : undefined;
}

function bindTimer(
  timer: Timer,
  atLeastSeconds: number,
  ready: () => Promise<void>,
  platform: Platform,
): void {
  app.timer(kebab(timer.name), {
    schedule: ncrontab(Math.max(timer.everySeconds, atLeastSeconds)),
    handler: (_tick, context) => {
      const traceparent = context.traceContext?.traceParent;
      return invoked(platform, { name: 'timer', facts: { timer: timer.name }, traceparent }, async () => {
        await ready();
        await timer.run();
      });
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
    handler: (documents: unknown[], context: InvocationContext) => {
      const facts = { feed: feed.name, documents: documents.length };
      const traceparent = context.traceContext?.traceParent;
      return invoked(platform, { name: 'feed', facts, traceparent }, async () => {
        await ready();
        await feed.handle(documents.map(storedFrom));
      });
    },
  });
}
