import { eventPublished, type EventPublished, type TicketTypeOnSale } from '@boxoffice/shared/contracts';
import type { Bug } from './bug';
import { withConsumers, withContainers } from './wrap';

interface Segment {
  readonly moves: readonly (readonly [kind: string, ...rest: unknown[]])[];
}

/** The moves of each segment are written down otherwise than they were counted. */
const writingDown =
  (change: (moves: Segment['moves']) => Segment['moves']): NonNullable<Bug['platform']> =>
  (platform, service) =>
    service === 'ticket-inventory'
      ? withContainers(platform, (container) => ({
          write: (partition, operations) =>
            container.write(
              partition,
              operations.map((one) => {
                if (one.kind !== 'create' || !one.id.startsWith('segment~')) return one;
                const body = one.body as Segment;
                return { ...one, body: { ...body, moves: change(body.moves) } };
              }),
            ),
        }))
      : platform;

/** Inventory hears of each event otherwise than it was published. */
const hearing =
  (change: (event: EventPublished) => EventPublished): NonNullable<Bug['service']> =>
  (service) =>
    service.name === 'ticket-inventory'
      ? withConsumers(
          service,
          (handle) => (envelope, delivery) =>
            handle(
              eventPublished.is(envelope)
                ? { ...envelope, data: change(eventPublished.read(envelope)) }
                : envelope,
              delivery,
            ),
        )
      : service;

const without = <Whole extends object>(whole: Whole, name: keyof Whole): Whole =>
  Object.fromEntries(Object.entries(whole).filter(([key]) => key !== name)) as Whole;

const eachType =
  (change: (type: TicketTypeOnSale) => TicketTypeOnSale) =>
  (event: EventPublished): EventPublished => ({ ...event, ticketTypes: event.ticketTypes.map(change) });

/** Mistakes in how stock is counted. */
export const stockBugs: readonly Bug[] = [
  {
    name: 'history-left-out',
    what: 'what becomes of a hold that nobody pays for is counted, and not written down',
    platform: writingDown((moves) => moves.filter(([kind]) => kind !== 'r' && kind !== 'x')),
  },
  {
    name: 'pools-unheard',
    what: 'ticket types that share a capacity are sold as though each had its own',
    service: hearing((event) => eachType((type) => without(type, 'poolId'))(without(event, 'pools'))),
  },
  {
    name: 'seats-unheard',
    what: 'numbered seats are sold as though they had no numbers',
    service: hearing((event) => without(event, 'seatMap')),
  },
  {
    name: 'limits-unheard',
    what: 'a buyer may have as many as they like, whatever the limit is',
    service: hearing(eachType((type) => without(type, 'maxPerBuyer'))),
  },
  {
    name: 'codes-unheard',
    what: 'what is hidden is sold to who does not know its access code',
    service: hearing(eachType((type) => without(type, 'accessCodes'))),
  },
  {
    name: 'gift-kept',
    what: 'who has passed a ticket on still has a code that admits',
    platform: (platform, service) =>
      service === 'ticket-inventory'
        ? withContainers(platform, (container) =>
            container.name === 'wallets'
              ? {
                  write: async (partition, operations) =>
                    JSON.stringify(operations).includes('"transferred"')
                      ? operations.map(() => 'not written')
                      : container.write(partition, operations),
                }
              : {},
          )
        : platform,
  },
];
