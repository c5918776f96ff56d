import { Ids } from '@boxoffice/shared/kernel';
import { inject, injectable } from 'tsyringe';
import { draftOf } from './draft-of';
import { changed, type Event } from './event';
import { faultsOfPool, mostPools, type Pool, type PoolDetails } from './pool';
import { Programme, type RepeatableRequest } from './ports';
import { poolInUse, poolNotFound, poolsFull, refuseFaults } from './refusals';

/** One pool, and the event as it is with it. */
export interface PoolOfEvent {
  readonly event: Event;
  readonly pool: Pool;
}

/** Which change, of whose event, decided on which version. */
export interface PoolChange {
  readonly eventId: string;
  readonly poolId: string;
  readonly organizerId: string;
  readonly seenVersion: string;
}

/** What the ticket types of a draft share. */
@injectable()
export class Pools {
  constructor(
    @inject(Programme) private readonly programme: Programme,
    @inject(Ids) private readonly ids: Ids,
  ) {}

  async add(
    eventId: string,
    organizerId: string,
    details: PoolDetails,
    request: RepeatableRequest,
  ): Promise<PoolOfEvent> {
    return this.programme.once(request, async (commit) => {
      const draft = await draftOf(commit, eventId, organizerId);
      if (draft.pools.length >= mostPools) throw poolsFull(mostPools);
      refuseFaults(faultsOfPool(details, draft.pools));
      const pool = { poolId: this.ids.next(), ...details };
      const event = changed(draft, { pools: [...draft.pools, pool] });
      await commit.save(event);
      return { event, pool };
    });
  }

  async rewrite(change: PoolChange, details: PoolDetails): Promise<PoolOfEvent> {
    const { eventId, organizerId, poolId, seenVersion } = change;
    return this.programme.change(async (commit) => {
      const draft = await draftOf(commit, eventId, organizerId, seenVersion);
      const others = draft.pools.filter((other) => other.poolId !== poolId);
      if (others.length === draft.pools.length) throw poolNotFound();
      refuseFaults(faultsOfPool(details, others));
      const pool = { poolId, ...details };
      const pools = draft.pools.map((one) => (one.poolId === poolId ? pool : one));
      const event = changed(draft, { pools });
      await commit.save(event);
      return { event, pool };
    });
  }

  async remove({ eventId, organizerId, poolId, seenVersion }: PoolChange): Promise<Event> {
    return this.programme.change(async (commit) => {
      const draft = await draftOf(commit, eventId, organizerId, seenVersion);
      const pools = draft.pools.filter((one) => one.poolId !== poolId);
      if (pools.length === draft.pools.length) throw poolNotFound();
      if (draft.ticketTypes.some((ticketType) => ticketType.poolId === poolId)) throw poolInUse();
      const event = changed(draft, { pools });
      await commit.save(event);
      return event;
    });
  }
}
