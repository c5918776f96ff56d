import { isInvitation } from '@boxoffice/shared/tokens';
import { inject, injectable } from 'tsyringe';
import { Doors } from './doors';
import type { Draft } from './draft';
import { isDue, termsOf, type Hold } from './hold';
import { checkBuyersLimit, SalesRules, type SealedHold } from './hold-tickets';
import { HoldTokens } from './hold-tokens';
import { eventOf } from './places';
import { Seals } from './ports';
import { eventIsCancelled, holdEnded, invitationUnknown, partIsClaimed, tooManyHolds } from './refusals';

export interface Claim {
  readonly groupId: string;
  /** From 1. */
  readonly part: number;
  readonly invitation: string;
  readonly userId: string;
}

/** Whoever shows a part's invitation first pays for it, and has a hold like any other. Again, they get the same. */
@injectable()
export class ClaimPart {
  constructor(
    @inject(Doors) private readonly doors: Doors,
    @inject(Seals) private readonly seals: Seals,
    @inject(HoldTokens) private readonly tokens: HoldTokens,
    @inject(SalesRules) private readonly rules: SalesRules,
  ) {}

  async claim(claim: Claim): Promise<SealedHold> {
    const eventId = eventOf(claim.groupId);
    if (eventId === undefined) throw invitationUnknown();
    const seal = await this.seals.holdSeal();
    const hold = await this.doors.ask(eventId, (draft) => decideClaim(draft, claim, this.rules));
    return { hold: termsOf(hold), token: await this.tokens.of(hold, seal) };
  }
}

export function decideClaim(
  draft: Draft,
  { groupId, part, invitation, userId }: Claim,
  rules: SalesRules,
): Hold {
  const hold = draft.hold(draft.groups.group(groupId)?.holdIds[part - 1] ?? '');
  // Nobody learns which of the three was wrong.
  if (!hold?.part || !isInvitation(invitation, hold.part.invitation)) throw invitationUnknown();
  if (hold.userId === userId) return hold;
  if (hold.userId !== groupId) throw partIsClaimed();
  const { event, now } = draft;
  if (hold.status !== 'held' || isDue(hold, now)) throw holdEnded();
  if (!event || event.cancelledAt !== undefined) throw eventIsCancelled();
  if (draft.liveHoldsOf(userId) >= rules.liveHoldsPerBuyer) throw tooManyHolds(rules.liveHoldsPerBuyer);
  for (const line of hold.lines) checkBuyersLimit(event, line, draft.takenBy(userId, line.ticketTypeId));
  return draft.claim(hold, userId);
}
