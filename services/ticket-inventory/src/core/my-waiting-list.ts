import type { Instant } from '@boxoffice/shared/kernel';
import { inject, injectable } from 'tsyringe';
import { Doors } from './doors';
import type { Draft } from './draft';
import { termsOf, type Hold } from './hold';
import type { SealedHold } from './hold-tickets';
import { HoldTokens } from './hold-tokens';
import { Seals } from './ports';
import { eventUnknown } from './refusals';
import type { Entry, EntryState } from './waiting-entry';
import { offersAreOver } from './waiting-rules';

export interface WaitingPlace {
  readonly entryId: string;
  readonly ticketTypeId: string;
  readonly quantity: number;
  readonly joinedAt: Instant;
  readonly state: EntryState;
  /** 1: nobody has waited longer for this ticket type. A small party may be served before a large one. */
  readonly position?: number;
  /** While it is offered: what is held, and the token that it is bought with. */
  readonly offer?: SealedHold;
}

/** What one waits for at an event: the last entry of each ticket type. Those that have ended are known for a day. */
@injectable()
export class MyWaitingList {
  constructor(
    @inject(Doors) private readonly doors: Doors,
    @inject(Seals) private readonly seals: Seals,
    @inject(HoldTokens) private readonly tokens: HoldTokens,
  ) {}

  async of(eventId: string, userId: string): Promise<readonly WaitingPlace[]> {
    const seal = await this.seals.holdSeal();
    const seen = await this.doors.ask(eventId, (draft) => seenBy(draft, userId));
    return Promise.all(
      seen.map(async ({ entry, state, position, hold }): Promise<WaitingPlace> => {
        const { entryId, ticketTypeId, quantity, joinedAt } = entry;
        const place = { entryId, ticketTypeId, quantity, joinedAt, state };
        if (hold)
          return { ...place, offer: { hold: termsOf(hold), token: await this.tokens.of(hold, seal) } };
        return position === undefined ? place : { ...place, position };
      }),
    );
  }
}

interface Seen {
  readonly entry: Entry;
  readonly state: EntryState;
  readonly position?: number;
  readonly hold?: Hold | undefined;
}

function seenBy(draft: Draft, userId: string): readonly Seen[] {
  const { event, counts, waiting, now } = draft;
  if (!event) throw eventUnknown();
  return counts.list.flatMap(({ ticketTypeId }): readonly Seen[] => {
    const entry = waiting.latestOf(userId, ticketTypeId);
    if (!entry) return [];
    const { standing } = entry;
    if (standing.state === 'offered') return [{ entry, state: 'offered', hold: draft.hold(standing.holdId) }];
    if (standing.state !== 'waiting') return [{ entry, state: standing.state }];
    if (offersAreOver(event, ticketTypeId, now)) return [{ entry, state: 'lapsed' }];
    return [{ entry, state: 'waiting', position: positionOf(draft, entry) }];
  });
}

function positionOf(draft: Draft, { entryId, ticketTypeId }: Entry): number {
  let position = 1;
  for (const ahead of draft.waiting.waitingFor(ticketTypeId)) {
    if (ahead.entryId === entryId) break;
    position++;
  }
  return position;
}
