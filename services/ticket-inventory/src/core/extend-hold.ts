import { after } from '@boxoffice/shared/kernel';
import { inject, injectable } from 'tsyringe';
import { Doors } from './doors';
import type { Draft } from './draft';
import { ownHold } from './find-hold';
import { isDue, termsOf, type Hold } from './hold';
import type { SealedHold } from './hold-tickets';
import { claimsOf } from './hold-tokens';
import { eventOf } from './places';
import { Seals } from './ports';
import {
  eventIsCancelled,
  holdConfirmed,
  holdEnded,
  holdOfGroup,
  holdUnknown,
  offerNotExtendable,
  tooManyExtensions,
} from './refusals';

export const mostExtensions = 2;

export interface ExtensionRequest {
  readonly holdId: string;
  readonly userId: string;
  /** The hash of the Idempotency-Key: the same again extends nothing more. */
  readonly key: string;
}

/** Gives a buyer who is still at it as long again as a hold lasts, twice at the most, with a token that says so. */
@injectable()
export class ExtendHold {
  constructor(
    @inject(Doors) private readonly doors: Doors,
    @inject(Seals) private readonly seals: Seals,
  ) {}

  async extend(request: ExtensionRequest): Promise<SealedHold> {
    const eventId = eventOf(request.holdId);
    if (eventId === undefined) throw holdUnknown();
    const seal = await this.seals.holdSeal();
    const hold = await this.doors.ask(eventId, (draft) => decideExtension(draft, request));
    return { hold: termsOf(hold), token: seal([claimsOf(hold)])(0) };
  }
}

export function decideExtension(draft: Draft, { holdId, userId, key }: ExtensionRequest): Hold {
  const hold = ownHold(draft, holdId, userId);
  if (hold.status === 'confirmed') throw holdConfirmed();
  if (hold.status !== 'held' || isDue(hold, draft.now)) throw holdEnded();
  if (hold.entryId !== undefined) throw offerNotExtendable();
  if (hold.part) throw holdOfGroup();
  if (hold.extension?.key === key) return hold;
  if ((hold.extension?.count ?? 0) >= mostExtensions) throw tooManyExtensions(mostExtensions);
  if (draft.event?.cancelledAt !== undefined) throw eventIsCancelled();
  const expiresAt = after(draft.now, { minutes: draft.event?.holdMinutes ?? 0 });
  return draft.extend(hold, expiresAt > hold.expiresAt ? expiresAt : hold.expiresAt, key);
}
