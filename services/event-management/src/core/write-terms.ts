import { Clock, Ids } from '@boxoffice/shared/kernel';
import { inject, injectable } from 'tsyringe';
import { changeableOf } from './draft-of';
import { changed, type Event } from './event';
import { Programme } from './ports';
import { refuseFaults } from './refusals';
import { saveAndTell } from './tell-of-change';
import { faultsOfTerms, termsOf, type TermsDetails } from './terms';

/** Which change, of whose event, decided on which version. */
export interface TermsChange {
  readonly eventId: string;
  readonly organizerId: string;
  readonly seenVersion: string;
}

/** At what terms tickets are sold, of a draft or of what is on sale: from then on, orders are priced by them. */
@injectable()
export class TermsOfSale {
  constructor(
    @inject(Programme) private readonly programme: Programme,
    @inject(Clock) private readonly clock: Clock,
    @inject(Ids) private readonly ids: Ids,
  ) {}

  /** Refuses with `not-possible`, listing every reason. */
  async write({ eventId, organizerId, seenVersion }: TermsChange, details: TermsDetails): Promise<Event> {
    return this.programme.change(async (commit) => {
      const before = await changeableOf(commit, eventId, organizerId, seenVersion);
      refuseFaults(faultsOfTerms(details, before.terms, before.ticketTypes));
      const event = changed(before, { terms: termsOf(details, this.ids) });
      await saveAndTell(commit, event, this.clock.now());
      return event;
    });
  }
}
