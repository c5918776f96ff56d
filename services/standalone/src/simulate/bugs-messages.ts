import { paymentCaptured, type Envelope } from '@boxoffice/shared/contracts';
import {
  InsertQueryNode,
  PrimitiveValueListNode,
  ValuesNode,
  type KyselyPlugin,
  type RootOperationNode,
} from 'kysely';
import type { Bug } from './bug';
import { mark } from './poison';
import { writingNothing } from './statements';
import { withConsumers, withStatements } from './wrap';

/** Mistakes in how facts travel. */
export const messageBugs: readonly Bug[] = [
  {
    name: 'acknowledged-before-handled',
    what: 'a message is settled once it is in memory, where its handler is run until it succeeds, so that a crash loses it',
    needs: 'crash',
    weather: { crash: 0.03 },
    service: (service, { clock }) =>
      withConsumers(service, (handle) => async (envelope, delivery) => {
        // What nobody can ever handle is not what this is about.
        if (envelope.subject === mark) return handle(envelope, delivery);
        const untilDone = (): Promise<void> =>
          handle(envelope, delivery).catch(() => clock.sleep(1_000).then(untilDone));
        void untilDone();
      }),
  },
  {
    name: 'failures-swallowed',
    what: 'a message whose handler failed counts as handled',
    weather: { tooManyRequests: 0.2, deadlock: 0.2 },
    service: (service) =>
      withConsumers(
        service,
        (handle) => (envelope, delivery) => handle(envelope, delivery).catch(() => undefined),
      ),
  },
  {
    name: 'served-as-often-as-told',
    what: 'a payment that is told of again is served again, as though another order had been paid',
    needs: 'duplicateDelivery',
    // Whatever else has a message come again.
    weather: { duplicateDelivery: 0.5, lockLost: 0, outcomeUnknown: 0, slow: 0, forgottenId: 0, crash: 0 },
    service: (service, platform) => {
      const served = new Set<string>();
      return withConsumers(service, (handle) => async (envelope, delivery) => {
        if (!paymentCaptured.is(envelope)) return handle(envelope, delivery);
        const data = paymentCaptured.read(envelope);
        const again = served.has(envelope.id);
        await handle(
          again ? { ...envelope, data: { ...data, orderId: platform.ids.next() } } : envelope,
          delivery,
        );
        served.add(envelope.id);
      });
    },
  },
  {
    name: 'no-outbox',
    what: 'facts are published after the commit instead of being recorded in it, so that a crash in between leaves them unsaid',
    platform(platform) {
      const unsaid: Envelope[] = [];
      const plugin: KyselyPlugin = {
        transformQuery: ({ node }) => {
          const found = envelopesIn(node);
          unsaid.push(...found);
          return found.length > 0 && InsertQueryNode.is(node) ? writingNothing(node) : node;
        },
        transformResult: async ({ result }) => result,
      };
      const say = (): void => {
        const said = unsaid.splice(0);
        if (said.length > 0) platform.bus.publish(said).catch(() => undefined);
      };
      return withStatements(platform, plugin, say);
    },
  },
  {
    name: 'publish-and-forget',
    what: 'the outbox forgets a fact while it is still on its way to the bus',
    platform: (platform) => ({
      ...platform,
      bus: {
        ...platform.bus,
        publish: async (envelopes, options) => {
          platform.bus.publish(envelopes, options).catch(() => undefined);
        },
      },
    }),
  },
];

function envelopesIn(node: RootOperationNode): Envelope[] {
  if (
    !InsertQueryNode.is(node) ||
    node.into?.table.identifier.name !== 'outbox' ||
    !node.values ||
    !ValuesNode.is(node.values)
  )
    return [];
  return node.values.values
    .flatMap((row) =>
      PrimitiveValueListNode.is(row)
        ? row.values.filter((value) => typeof value === 'string' && value.startsWith('{'))
        : [],
    )
    .map((text) => JSON.parse(text as string) as Envelope);
}
