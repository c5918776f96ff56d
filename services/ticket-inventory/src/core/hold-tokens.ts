import type { HoldClaims } from '@boxoffice/shared/tokens';
import { inject, injectable } from 'tsyringe';
import { Doors } from './doors';
import type { HoldTerms } from './hold';
import type { Segment } from './move';
import { placeOf, eventOf } from './places';
import { StockRecords, type HoldSeal } from './ports';

/** Commits whose tokens are kept at hand. */
const mostSealed = 16;

interface SealedCommit {
  readonly holds: ReadonlyMap<string, { readonly at: number; readonly terms: HoldTerms }>;
  readonly tokenAt: (at: number) => string;
}

/**
 * The holds that one commit made are sealed together, in the order of its moves: a signature takes as long as all else that a
 * hold costs. The segment alone decides, so a repeated request gets the same token in any process, at any time.
 */
@injectable()
export class HoldTokens {
  /** By the part of their holds' ids that is the commit's; the oldest first. */
  private readonly sealed = new Map<string, Promise<SealedCommit>>();

  constructor(
    @inject(Doors) private readonly doors: Doors,
    @inject(StockRecords) private readonly records: StockRecords,
  ) {}

  async of(hold: HoldTerms, seal: HoldSeal): Promise<string> {
    const { holds, tokenAt } = await this.madeWith(hold.holdId, seal);
    const made = holds.get(hold.holdId);
    // What was agreed anew since, as when a hold is extended or a part of a group claimed, is sealed by itself.
    return made?.terms.expiresAt === hold.expiresAt && made.terms.userId === hold.userId
      ? tokenAt(made.at)
      : seal([claimsOf(hold)])(0);
  }

  private madeWith(holdId: string, seal: HoldSeal): Promise<SealedCommit> {
    const commit = holdId.slice(0, -3);
    const known = this.sealed.get(commit);
    if (known) return known;
    const sealed = this.segmentOf(holdId).then((segment) => sealedBy(segment, seal));
    this.sealed.set(commit, sealed);
    sealed.catch(() => this.sealed.delete(commit)); // the next who asks reads again
    const [oldest] = this.sealed.keys();
    if (this.sealed.size > mostSealed && oldest !== undefined) this.sealed.delete(oldest);
    return sealed;
  }

  private async segmentOf(holdId: string): Promise<Segment> {
    const eventId = eventOf(holdId) ?? '';
    const { epoch, sequence } = placeOf(holdId);
    const recent = this.doors.recentSegment(eventId, epoch, sequence);
    if (recent) return recent;
    const [segment] = await this.records.segments(eventId, epoch, sequence - 1, sequence);
    if (!segment) throw new Error(`no segment for the hold ${holdId}`);
    return segment;
  }
}

function sealedBy({ moves }: Segment, seal: HoldSeal): SealedCommit {
  const made = moves.flatMap((move) => (move.kind === 'held' ? [move.terms] : []));
  return {
    holds: new Map(made.map((terms, at) => [terms.holdId, { at, terms }])),
    tokenAt: seal(made.map(claimsOf)),
  };
}

export const claimsOf = ({ holdId, userId, lines, expiresAt }: HoldTerms): HoldClaims => ({
  holdId,
  eventId: eventOf(holdId) ?? '',
  userId,
  lines,
  expiresAt,
});
