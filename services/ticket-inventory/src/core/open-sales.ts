import type { EventPublished } from '@boxoffice/shared/contracts';
import { takenOf } from './allotment';
import { inject, injectable } from 'tsyringe';
import { Doors } from './doors';
import type { Draft } from './draft';
import type { EventOnSale } from './event-on-sale';

/** A ticket type or pool whose capacity can't shrink as far as asked yet: that much is held or sold. */
export interface Clipped {
  readonly id: string;
  readonly wanted: number;
  readonly taken: number;
}

/** An event goes on sale, or has changed: the newest version wins, in whichever order they arrive. */
@injectable()
export class OpenSales {
  constructor(@inject(Doors) private readonly doors: Doors) {}

  /** What is kept is kept for good: terms of sale, with the hashes of discount codes, are no business of the stock. */
  async open(published: EventPublished): Promise<readonly Clipped[]> {
    const event = withoutTerms(published);
    return this.doors.ask(event.eventId, (draft) => decideOpening(draft, event));
  }
}

function withoutTerms(published: EventPublished): EventOnSale {
  const event: { -readonly [Member in keyof EventPublished]: EventPublished[Member] } = { ...published };
  delete event.terms;
  return event;
}

export function decideOpening(draft: Draft, event: EventOnSale): readonly Clipped[] {
  if (draft.event && draft.event.version >= event.version) return [];
  draft.newEvent = event;
  const { counts } = draft;
  for (const { poolId, capacity } of event.pools ?? []) {
    const before = counts.pool(poolId);
    if ((before?.wanted ?? before?.capacity) !== capacity) draft.resizePool(poolId, capacity);
  }
  for (const { ticketTypeId, capacity, poolId } of event.ticketTypes) {
    const before = counts.of(ticketTypeId);
    if ((before?.wanted ?? before?.capacity) !== capacity || before?.poolId !== poolId)
      draft.resize(ticketTypeId, capacity, poolId);
  }
  return clippedIn(draft, event);
}

function clippedIn({ counts }: Draft, { ticketTypes, pools = [] }: EventOnSale): readonly Clipped[] {
  const types = ticketTypes.flatMap(({ ticketTypeId: id }) => {
    const allotment = counts.of(id);
    return allotment?.wanted === undefined
      ? []
      : [{ id, wanted: allotment.wanted, taken: takenOf(allotment) }];
  });
  const shared = pools.flatMap(({ poolId: id }) => {
    const wanted = counts.pool(id)?.wanted;
    return wanted === undefined ? [] : [{ id, wanted, taken: counts.takenOfPool(id) }];
  });
  return [...types, ...shared];
}
