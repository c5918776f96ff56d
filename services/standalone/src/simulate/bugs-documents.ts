import { isDocumentFault, type Operation } from '@boxoffice/shared/documents';
import type { Bug } from './bug';
import { withContainers } from './wrap';

const asUpsert = (operation: Operation): Operation =>
  operation.kind === 'delete'
    ? { kind: 'delete', id: operation.id }
    : { kind: 'upsert', id: operation.id, body: operation.body };

/** Mistakes in how documents are kept. */
export const documentBugs: readonly Bug[] = [
  {
    name: 'last-writer-wins',
    what: 'documents are written without their etag, so that two who read the same both write',
    platform: (platform, service) =>
      service === 'ticket-inventory'
        ? withContainers(platform, (container) => ({
            write: (partition, operations) => container.write(partition, operations.map(asUpsert)),
          }))
        : platform,
  },
  {
    name: 'batch-in-pieces',
    what: 'a batch is written one operation after another, so that a crash leaves a part of it',
    platform: (platform, service) =>
      service === 'ticket-inventory'
        ? withContainers(platform, (container) => ({
            async write(partition, operations) {
              const etags: (string | undefined)[] = [];
              for (const operation of operations)
                etags.push(...(await container.write(partition, [operation])));
              return etags;
            },
          }))
        : platform,
  },
  {
    name: 'unknown-taken-for-done',
    what: 'a write that was never answered is taken for one that went through',
    weather: { outcomeUnknown: 0.15 },
    platform: (platform, service) =>
      service === 'ticket-inventory'
        ? withContainers(platform, (container) => ({
            async write(partition, operations) {
              try {
                return await container.write(partition, operations);
              } catch (error) {
                if (!isDocumentFault(error, 'OutcomeUnknown')) throw error;
                return operations.map(() => 'perhaps');
              }
            },
          }))
        : platform,
  },
  {
    name: 'expiries-not-noted',
    what: 'nobody notes when a hold falls due, so that what a crashed process had set aside stays set aside',
    platform: (platform, service) =>
      service === 'ticket-inventory'
        ? withContainers(platform, (container) => ({
            write: async (partition, operations) =>
              container.name === 'due'
                ? operations.map(() => 'not written')
                : container.write(partition, operations),
          }))
        : platform,
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
];
