import { subscriptions, type ServiceName } from '@boxoffice/shared/contracts';
import type { Running, Service } from '@boxoffice/shared/platform';
import { azurePlatform, readAzureSettings } from '@boxoffice/shared/platform/azure';
import type { FunctionsHost } from '../../../../shared/test/doubles/functions-host';
import { untold } from '../../../../shared/test/untold';
import type { Cloud } from './cloud';

export type Apps = Readonly<Record<ServiceName, FunctionsHost>>;

/**
 * The Functions host's part between the apps: takes messages from Service Bus and pages from the change feeds of Cosmos DB,
 * invokes whoever registered for them, and brings again what failed.
 */
export async function runTriggers(
  apps: Apps,
  cloud: Cloud,
): Promise<Running & { readonly failures: unknown[] }> {
  const failures: unknown[] = [];
  const noting = async (work: Promise<void>): Promise<void> => {
    try {
      await work;
    } catch (error) {
      failures.push(error);
      throw error;
    }
  };
  const platform = azurePlatform(readAzureSettings(cloud.settings.notification, ['bus']), untold);
  const relay: Service = {
    name: 'notification',
    consumers: subscriptions.map((subscription) => ({
      subscription,
      handle: (envelope, { count }) =>
        noting(
          apps[subscription.subscription].serviceBus(`consume-${subscription.topic}`, {
            body: envelope,
            deliveryCount: count,
            messageId: envelope.id,
          }),
        ),
    })),
    ...{ routes: [], timers: [], feeds: [], migrations: [], containers: [], problems: {}, checks: {} },
  };
  const messages = await platform.run(relay);
  const feeds = Object.values(apps).flatMap((app) => feedsOf(app, cloud));
  const stopping = new AbortController();
  const following = (async () => {
    while (!stopping.signal.aborted) {
      await Promise.allSettled(feeds.map((turn) => noting(turn())));
      await platform.clock.sleep(20);
    }
  })();
  return {
    failures,
    async stop() {
      stopping.abort();
      await following;
      await messages.stop();
      await platform.close();
    },
  };
}

/** For each feed of an app: hands over what changed since it last did, range by range, as the host's leases divide it. */
function feedsOf(app: FunctionsHost, { cosmos }: Cloud): readonly (() => Promise<void>)[] {
  const triggers = app.functions.filter(({ trigger }) => trigger.type === 'cosmosDBTrigger');
  return triggers.flatMap(({ name, trigger }) => {
    const collection = cosmos.collection(String(trigger['databaseName']), String(trigger['containerName']));
    const most = Number(trigger['maxItemsPerInvocation']);
    return collection.ranges.map(({ id }) => {
      let place = 0;
      return async () => {
        const { documents, lsn } = collection.changes(id, place, most);
        if (documents.length > 0) await app.cosmos(name, documents);
        place = lsn;
      };
    });
  });
}
