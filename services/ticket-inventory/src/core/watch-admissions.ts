import { inject, injectable } from 'tsyringe';
import type { Conflict, Tally } from './admission-book';
import { Doors } from './doors';
import { eventToScan } from './gate';
import type { Holder } from './my-tickets';

export interface AdmissionSummary extends Tally {
  /** Has been in, and has left. */
  readonly outside: number;
  readonly gates: readonly { readonly gateId: string; readonly name: string }[];
  readonly ticketTypes: readonly {
    readonly ticketTypeId: string;
    readonly name: string;
    readonly sold: number;
  }[];
}

/** Where one list of conflicts ends. */
export interface ConflictPlace {
  readonly at: string;
  readonly nonce: string;
}

/** How it goes at the gates. */
@injectable()
export class WatchAdmissions {
  constructor(@inject(Doors) private readonly doors: Doors) {}

  summary(eventId: string, who: Holder): Promise<AdmissionSummary> {
    return this.doors.ask(eventId, (draft) => {
      const event = eventToScan(draft, who);
      const tally = draft.admissions.tally();
      const admitted = tally.admitted.reduce((sum, { tickets }) => sum + tickets, 0);
      return {
        ...tally,
        outside: admitted - tally.inside,
        gates: draft.rules.gates.map(({ gateId, name }) => ({ gateId, name })),
        ticketTypes: event.ticketTypes.map(({ ticketTypeId, name }) => ({
          ticketTypeId,
          name,
          sold: draft.counts.of(ticketTypeId)?.sold ?? 0,
        })),
      };
    });
  }

  /** By when they were let through, after the one named. */
  conflicts(
    eventId: string,
    who: Holder,
    { after, limit }: { readonly after: ConflictPlace | undefined; readonly limit: number },
  ): Promise<readonly Conflict[]> {
    return this.doors.ask(eventId, (draft) => {
      eventToScan(draft, who);
      return draft.admissions
        .conflicts(draft.rules.reEntry)
        .filter(({ scan }) => !after || isBefore(after, scan))
        .sort((a, b) => (isBefore(a.scan, b.scan) ? -1 : 1))
        .slice(0, limit);
    });
  }
}

const isBefore = (one: ConflictPlace, other: ConflictPlace): boolean =>
  one.at < other.at || (one.at === other.at && one.nonce < other.nonce);
