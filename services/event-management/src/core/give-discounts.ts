import { Chance, Clock, Ids } from '@boxoffice/shared/kernel';
import { inject, injectable } from 'tsyringe';
import { discountOf, faultsOfDiscount, mostDiscounts, type Discount, type DiscountDetails } from './discount';
import { changeableOf } from './draft-of';
import { changed, type Event } from './event';
import { Programme, type Commit, type RepeatableRequest } from './ports';
import { discountNotFound, discountsFull, refuseFaults } from './refusals';
import { saveAndTell } from './tell-of-change';

/** One discount, and the version that its event has with it. */
export interface DiscountOfEvent {
  readonly version: number;
  readonly discount: Discount;
}

/** Which change, of whose event, decided on which version. */
export interface DiscountChange {
  readonly eventId: string;
  readonly discountId: string;
  readonly organizerId: string;
  readonly seenVersion: string;
}

/** What is taken off prices, of a draft or of what is on sale: from then on, orders are priced by it. */
@injectable()
export class Discounts {
  constructor(
    @inject(Programme) private readonly programme: Programme,
    @inject(Clock) private readonly clock: Clock,
    @inject(Ids) private readonly ids: Ids,
    @inject(Chance) private readonly chance: Chance,
  ) {}

  async add(
    eventId: string,
    organizerId: string,
    details: DiscountDetails,
    request: RepeatableRequest,
  ): Promise<DiscountOfEvent> {
    return this.programme.once(request, async (commit) => {
      const before = await changeableOf(commit, eventId, organizerId);
      if (before.discounts.length >= mostDiscounts) throw discountsFull(mostDiscounts);
      refuseFaults(faultsOfDiscount(details, before.discounts, before.ticketTypes));
      const discount = discountOf(this.ids.next(), details, this.chance);
      const { version } = await this.save(commit, before, [...before.discounts, discount]);
      return { version, discount };
    });
  }

  async rewrite(change: DiscountChange, details: DiscountDetails): Promise<DiscountOfEvent> {
    const { eventId, organizerId, discountId, seenVersion } = change;
    return this.programme.change(async (commit) => {
      const before = await changeableOf(commit, eventId, organizerId, seenVersion);
      const others = without(before, discountId);
      refuseFaults(faultsOfDiscount(details, others, before.ticketTypes));
      const discount = discountOf(discountId, details, this.chance);
      const discounts = before.discounts.map((one) => (one.discountId === discountId ? discount : one));
      const { version } = await this.save(commit, before, discounts);
      return { version, discount };
    });
  }

  async remove({ eventId, organizerId, discountId, seenVersion }: DiscountChange): Promise<Event> {
    return this.programme.change(async (commit) => {
      const before = await changeableOf(commit, eventId, organizerId, seenVersion);
      return this.save(commit, before, without(before, discountId));
    });
  }

  private async save(commit: Commit, before: Event, discounts: readonly Discount[]): Promise<Event> {
    const event = changed(before, { discounts });
    await saveAndTell(commit, event, this.clock.now());
    return event;
  }
}

function without({ discounts }: Event, discountId: string): readonly Discount[] {
  const others = discounts.filter((other) => other.discountId !== discountId);
  if (others.length === discounts.length) throw discountNotFound();
  return others;
}
