import { Clock, Ids } from '@boxoffice/shared/kernel';
import { inject, injectable } from 'tsyringe';
import { Programme, type RepeatableRequest } from './ports';
import { notPossible, seatMapNotFound, venueNotFound } from './refusals';
import { faultsOfSeatMap, type SeatMap } from './seat-map';

/** The seats of venues. */
@injectable()
export class SeatMaps {
  constructor(
    @inject(Programme) private readonly programme: Programme,
    @inject(Clock) private readonly clock: Clock,
    @inject(Ids) private readonly ids: Ids,
  ) {}

  /** Refuses with `not-possible`, listing every reason. */
  async add(
    drawn: Omit<SeatMap, 'seatMapId' | 'addedAt' | 'removedAt'>,
    request: RepeatableRequest,
  ): Promise<SeatMap> {
    return this.programme.once(request, async (commit) => {
      if (!(await commit.venue(drawn.venueId))) throw venueNotFound();
      const faults = faultsOfSeatMap(drawn.sections);
      if (faults.length > 0) throw notPossible(faults);
      const seatMapId = this.ids.next();
      const seatMap: SeatMap = { seatMapId, ...drawn, addedAt: this.clock.now(), removedAt: undefined };
      await commit.addSeatMap(seatMap);
      return seatMap;
    });
  }

  /** By who has drawn it. Events that have taken it keep it, and are published with it. */
  async remove(venueId: string, seatMapId: string, organizerId: string): Promise<void> {
    await this.programme.change(async (commit) => {
      const seatMap = await commit.seatMap(seatMapId);
      if (seatMap?.venueId !== venueId || seatMap.addedBy !== organizerId || seatMap.removedAt !== undefined)
        throw seatMapNotFound();
      await commit.removeSeatMap(seatMapId, this.clock.now());
    });
  }
}
