import type { Bug } from './bug';
import { withContainers } from './wrap';

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

/** Mistakes in how stock is counted. */
export const stockBugs: readonly Bug[] = [
  {
    name: 'history-left-out',
    what: 'what becomes of a hold that nobody pays for is counted, and not written down',
    platform: writingDown((moves) => moves.filter(([kind]) => kind !== 'r' && kind !== 'x')),
  },
];
