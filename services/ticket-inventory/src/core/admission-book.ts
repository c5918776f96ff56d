import { accountOf, type Account, type AdmissionReason } from '@boxoffice/shared/scanning';
import type { Journal } from './journal';
import type { PassedScan, Scan, ScannedTicket } from './scan';

/** A scan, and the commit that recorded it. */
export interface RecordedScan {
  readonly sequence: number;
  readonly scan: Scan;
}

/** Somebody was let through who should not have been. */
export interface Conflict {
  readonly scan: PassedScan;
  readonly reason: AdmissionReason;
  /** Where the ticket was in already: what had let it in. */
  readonly before?: PassedScan;
}

/** Tickets that are in, admissions by gate and type, refusals by reason. */
export interface Tally {
  readonly inside: number;
  readonly admitted: readonly {
    readonly gateId: string;
    readonly ticketTypeId: string;
    readonly tickets: number;
  }[];
  readonly refused: readonly { readonly reason: AdmissionReason; readonly scans: number }[];
}

/** The scans at an event's gates. What becomes of a ticket is decided by the set of its scans, whichever was recorded first. */
export class AdmissionBook {
  private readonly scans: RecordedScan[] = [];
  private readonly passed = new Map<string, readonly PassedScan[]>();
  private readonly refused = new Map<string, Scan>();
  /** Tickets with whose passages something may be wrong. */
  private readonly doubtful = new Map<string, true>();
  private readonly counts = new Map<string, number>();
  private scansBefore = 0;

  constructor(private readonly journal: Journal) {}

  get size(): number {
    return this.scans.length;
  }
  all = (): Iterable<RecordedScan> => this.scans;

  /** The scan of that ticket (or of none) with that nonce. */
  find(ticketId: string | undefined, nonce: string): Scan | undefined {
    const passed = ticketId === undefined ? undefined : this.passed.get(ticketId);
    return passed?.find((scan) => scan.nonce === nonce) ?? this.refused.get(keyOf(ticketId, nonce));
  }

  accountOf = (ticketId: string): Account<PassedScan> => account(this.passed.get(ticketId) ?? none);

  add(scan: Scan, sequence: number): void {
    this.scans.push({ sequence, scan });
    if (scan.passed) this.letThrough(scan);
    else {
      this.journal.set(this.refused, keyOf(scan.ticket?.ticketId, scan.nonce), scan);
      this.count(`refused ${scan.reason}`, 1);
    }
  }

  conflictsOf(ticketId: string, reEntry: boolean): readonly Conflict[] {
    const again = new Map(this.accountOf(ticketId).again.map((each) => [each.passage.nonce, each]));
    return (this.passed.get(ticketId) ?? none).flatMap((scan): readonly Conflict[] => {
      const twice = again.get(scan.nonce);
      if (twice && (twice.wasInside || !reEntry))
        return [{ scan, reason: scan.reason ?? 'already-in', before: twice.before }];
      return scan.reason === undefined ? [] : [{ scan, reason: scan.reason }];
    });
  }

  conflicts = (reEntry: boolean): readonly Conflict[] =>
    [...this.doubtful.keys()].flatMap((ticketId) => this.conflictsOf(ticketId, reEntry));

  /**
   * Tickets that went through after that commit, and up to which commit that is told: with about `most` of them a commit is the last,
   * unless it is the last of all.
   */
  movedSince(
    sequence: number,
    most: number,
  ): { readonly ticketIds: ReadonlySet<string>; readonly upTo?: number } {
    const ticketIds = new Set<string>();
    let last = sequence;
    for (let i = this.firstAfter(sequence); i < this.scans.length; i++) {
      const recorded = this.scans[i];
      if (!recorded) break;
      if (ticketIds.size >= most && recorded.sequence > last) return { ticketIds, upTo: last };
      last = recorded.sequence;
      if (recorded.scan.passed) ticketIds.add(recorded.scan.ticket.ticketId);
    }
    return { ticketIds };
  }

  tally(): Tally {
    const admitted: Tally['admitted'][number][] = [];
    const refused: Tally['refused'][number][] = [];
    for (const [key, number] of this.counts) {
      const [kind, what = '', ticketTypeId = ''] = key.split(' ');
      if (kind === 'admitted') admitted.push({ gateId: what, ticketTypeId, tickets: number });
      if (kind === 'refused') refused.push({ reason: what as AdmissionReason, scans: number });
    }
    return { inside: this.counts.get('inside') ?? 0, admitted, refused };
  }

  begin(): void {
    this.scansBefore = this.scans.length;
  }

  takeBack(): void {
    this.scans.length = this.scansBefore;
  }

  private letThrough(scan: PassedScan): void {
    const { ticket } = scan;
    const before = this.passed.get(ticket.ticketId) ?? none;
    const after = before.concat(scan);
    this.journal.set(this.passed, ticket.ticketId, after);
    const now = account(after);
    this.countTicket(ticket, account(before), -1);
    this.countTicket(ticket, now, 1);
    if (now.again.length > 0 || scan.reason !== undefined)
      this.journal.set(this.doubtful, ticket.ticketId, true);
  }

  /** A ticket counts where it was admitted first, once. */
  private countTicket(ticket: ScannedTicket, { isInside, first }: Account<PassedScan>, sign: 1 | -1): void {
    if (isInside) this.count('inside', sign);
    if (first) this.count(`admitted ${first.gateId} ${ticket.ticketTypeId}`, sign);
  }

  private count(what: string, change: number): void {
    const count = (this.counts.get(what) ?? 0) + change;
    this.journal.set(this.counts, what, count === 0 ? undefined : count);
  }

  private firstAfter(sequence: number): number {
    let [low, high] = [0, this.scans.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.scans[middle]?.sequence ?? 0) <= sequence) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

const none: readonly PassedScan[] = [];
const keyOf = (ticketId = '', nonce: string): string => `${ticketId} ${nonce}`;

/** Who came in with a void ticket was not admitted by it: whoever it is for may still come. */
const account = (scans: readonly PassedScan[]): Account<PassedScan> =>
  accountOf(scans.length === 0 ? scans : scans.filter(({ reason }) => reason !== 'void'));
