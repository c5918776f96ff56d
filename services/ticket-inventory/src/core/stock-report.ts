import { stockReportVersion } from '@boxoffice/shared/contracts';
import { Clock } from '@boxoffice/shared/kernel';
import { inject, injectable } from 'tsyringe';
import { availableOf } from './allotment';
import { countsOf } from './counts';
import { ticketTypeOf } from './event-on-sale';
import { StockRecords } from './ports';
import { eventUnknown } from './refusals';
import { stockLinesOf } from './stock-lines';

const segmentsAtOnce = 200;

/** The whole history of an event's stock, for its organiser to keep and for anyone to recompute. */
@injectable()
export class StockReport {
  constructor(
    @inject(StockRecords) private readonly records: StockRecords,
    @inject(Clock) private readonly clock: Clock,
  ) {}

  /** JSON lines as `verifyStockReport` reads them. Somebody else's event is as unknown as none. */
  async *of(eventId: string, organizerId: string): AsyncIterable<string> {
    const root = await this.records.root(eventId);
    const event = await this.records.event(eventId);
    if (root === undefined || event?.organizerId !== organizerId) throw eventUnknown();
    yield line({ report: stockReportVersion, eventId, title: event.title, madeAt: this.clock.now() });
    for (let after = 0; after < root.sequence; after += segmentsAtOnce) {
      const upTo = Math.min(after + segmentsAtOnce, root.sequence);
      for (const segment of await this.records.segments(eventId, root.epoch, after, upTo)) {
        const moves = stockLinesOf(segment.moves);
        const { sequence: n, at, chain } = segment;
        if (moves.length > 0) yield line({ n, at, moves, chain });
      }
    }
    const counts = countsOf(root);
    const totals = root.allotments.map((allotment) => {
      const { ticketTypeId, capacity, held, sold } = allotment;
      const name = ticketTypeOf(event, ticketTypeId)?.name ?? '';
      return { ticketTypeId, name, capacity, held, sold, available: availableOf(allotment) };
    });
    const pools = counts.poolList.map(({ poolId, capacity }) => ({
      poolId,
      capacity,
      taken: counts.takenOfPool(poolId),
    }));
    yield line({ totals, pools, chain: root.chain });
  }
}

const line = (content: object): string => `${JSON.stringify(content)}\n`;
