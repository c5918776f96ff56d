import {
  isDocumentFault,
  type Container,
  type Operation,
  type Range,
  type Stored,
} from '@boxoffice/shared/documents';
import type { Bug } from './bug';
import { withContainers } from './wrap';

const asUpsert = (operation: Operation): Operation =>
  operation.kind === 'delete'
    ? { kind: 'delete', id: operation.id }
    : { kind: 'upsert', id: operation.id, body: operation.body };

const inInventory =
  (change: (container: Container) => Partial<Container>): NonNullable<Bug['platform']> =>
  (platform, service) =>
    service === 'ticket-inventory' ? withContainers(platform, change) : platform;

/** Mistakes in how documents are kept. */
export const documentBugs: readonly Bug[] = [
  {
    name: 'last-writer-wins',
    what: 'documents are written without their etag, so that two who read the same both write',
    platform: inInventory((container) => ({
      write: (partition, operations) => container.write(partition, operations.map(asUpsert)),
    })),
  },
  {
    name: 'batch-in-pieces',
    what: 'a batch is written one operation after another, so that a crash leaves a part of it',
    platform: inInventory((container) => ({
      async write(partition, operations) {
        const etags: (string | undefined)[] = [];
        for (const operation of operations) etags.push(...(await container.write(partition, [operation])));
        return etags;
      },
    })),
  },
  {
    name: 'unknown-taken-for-done',
    what: 'a write that was never answered is taken for one that went through',
    needs: 'outcomeUnknown',
    weather: { outcomeUnknown: 0.15 },
    platform: inInventory((container) => ({
      write: (partition, operations) =>
        container.write(partition, operations).catch((error: unknown) => {
          if (!isDocumentFault(error, 'OutcomeUnknown')) throw error;
          return operations.map(() => 'perhaps');
        }),
    })),
  },
  {
    name: 'unanswered-written-again',
    what: 'a write that was never answered is made again, over what others have written since',
    needs: 'outcomeUnknown',
    weather: { outcomeUnknown: 0.15 },
    platform: inInventory((container) => ({
      write: (partition, operations) =>
        container.write(partition, operations).catch((error: unknown) => {
          if (!isDocumentFault(error, 'OutcomeUnknown')) throw error;
          return container.write(partition, operations.map(asUpsert));
        }),
    })),
  },
  {
    name: 'gives-up-in-silence',
    what: 'a write that was refused eight times in a row is taken for done',
    needs: 'storm',
    weather: { storm: 0.2 },
    platform: inInventory((container) => {
      let refusals = 0;
      return {
        async write(partition, operations) {
          try {
            const etags = await container.write(partition, operations);
            refusals = 0;
            return etags;
          } catch (error) {
            if (!isDocumentFault(error, 'PreconditionFailed') || ++refusals % 8 > 0) throw error;
            return operations.map(() => 'perhaps');
          }
        },
      };
    }),
  },
  {
    name: 'expiries-not-noted',
    what: 'nobody notes when a hold falls due, so that what a crashed process had set aside stays set aside',
    platform: inInventory((container) =>
      container.name === 'due' ? { write: async (_, operations) => operations.map(() => 'not written') } : {},
    ),
  },
  {
    name: 'old-keys-forgotten',
    what: 'a key that signs no longer is not published any more, so that its tickets are worth nothing',
    platform: inInventory((container) => ({
      async list<Body extends object>(partition: string, range?: Range) {
        const found = await container.list<Body>(partition, range);
        if (partition !== 'keys') return found;
        const timeOf = ({ body }: { readonly body: object }): string =>
          (body as { key: { publishedAt: string } }).key.publishedAt;
        const newest = (purpose: string): Stored<Body> | undefined =>
          found
            .filter(({ id }) => id.startsWith(`key~${purpose}-`))
            .sort((a, b) => (timeOf(a) < timeOf(b) ? 1 : -1))[0];
        return [newest('h'), newest('t')].filter((one) => one !== undefined);
      },
    })),
  },
  {
    name: 'feed-skips-what-fails',
    what: 'a page of changes that could not be handled is not looked at again',
    service: (service) => ({
      ...service,
      feeds: service.feeds.map((feed) => ({
        ...feed,
        handle: (documents) => feed.handle(documents).catch(() => undefined),
      })),
    }),
  },
  {
    name: 'newest-by-the-clock',
    what: 'an outcome whose time is before that of one already announced is taken for announced',
    needs: 'clockSkew',
    weather: { clockSkew: 600_000, clockStep: 0.2, crash: 0 },
    service: (service) => ({
      ...service,
      feeds: service.feeds.map((feed) => {
        const newest = new Map<string, string>();
        const timeOf = ({ body }: Stored): string | undefined =>
          (body as { order?: { at: string } }).order?.at;
        return {
          ...feed,
          async handle(documents) {
            const fresh = documents.filter(
              (one) => (timeOf(one) ?? '~') >= (newest.get(one.partition) ?? ''),
            );
            await feed.handle(fresh);
            for (const one of fresh) {
              const at = timeOf(one);
              if (at !== undefined) newest.set(one.partition, at);
            }
          },
        };
      }),
    }),
  },
];
