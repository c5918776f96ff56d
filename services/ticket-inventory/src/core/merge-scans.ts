import type { Instant } from '@boxoffice/shared/kernel';
import { neverIn, reasonAgainst, type AdmissionReason } from '@boxoffice/shared/scanning';
import type { TicketCodeVerdict } from '@boxoffice/shared/tokens';
import { inject, injectable } from 'tsyringe';
import type { Conflict } from './admission-book';
import { gateOnRecord, onRecord, ticketOf, type AtAGate } from './admit-ticket';
import { Doors } from './doors';
import type { Draft } from './draft';
import type { EventOnSale } from './event-on-sale';
import { eventAtTheGate, eventToScan } from './gate';
import type { Holder } from './my-tickets';
import type { Scan } from './scan';
import { TicketKeys } from './ticket-keys';

/** What a scanner decided by itself: without a reason, it let somebody through. */
export interface Claim extends AtAGate {
  readonly at: Instant;
  readonly reason?: AdmissionReason | undefined;
}

export interface Upload<C = Claim> {
  readonly eventId: string;
  readonly who: Holder;
  readonly deviceId: string;
  readonly scans: readonly C[];
}

export interface Merged {
  /** In the order of the upload. */
  readonly scans: readonly {
    readonly nonce: string;
    readonly passed: boolean;
    /** Why nobody was let through; or why somebody should not have been, as far as is known now. */
    readonly reason?: AdmissionReason;
  }[];
  /** Of the tickets in this upload. */
  readonly conflicts: readonly Conflict[];
}

/** Takes in what a scanner did while it had no network. The same again changes nothing, and in any order it comes to the same. */
@injectable()
export class MergeScans {
  constructor(
    @inject(Doors) private readonly doors: Doors,
    @inject(TicketKeys) private readonly keys: TicketKeys,
  ) {}

  async merge(upload: Upload<Claim & { readonly code: string }>): Promise<Merged> {
    // Signatures are for those alone who may scan: a thousand take a tenth of a second.
    await this.doors.ask(upload.eventId, (draft) => void eventToScan(draft, upload.who));
    const scans: Verified[] = [];
    for (const { code, ...claim } of upload.scans)
      scans.push({ ...claim, verdict: await this.keys.verify(code) });
    return this.doors.ask(upload.eventId, (draft) => decideMerge(draft, { ...upload, scans }));
  }
}

type Verified = Claim & { readonly verdict: TicketCodeVerdict };

export function decideMerge(draft: Draft, { who, deviceId, scans }: Upload<Verified>): Merged {
  const event = eventToScan(draft, who);
  const merged = scans.map((claim) => {
    const ticketId = ticketOf(claim.verdict, event)?.ticketId;
    const known = draft.admissions.find(ticketId, claim.nonce);
    if (known) return known;
    const scan = scanOf(draft, event, claim, deviceId);
    draft.record(scan);
    return scan;
  });
  const { reEntry } = draft.rules;
  const ticketIds = new Set(merged.flatMap((scan) => (scan.passed ? [scan.ticket.ticketId] : [])));
  const conflicts = [...ticketIds].flatMap((id) => draft.admissions.conflictsOf(id, reEntry));
  const reasons = new Map(conflicts.map(({ scan, reason }) => [scan, reason]));
  return {
    conflicts,
    scans: merged.map((scan) => {
      const reason = scan.passed ? reasons.get(scan) : scan.reason;
      return { nonce: scan.nonce, passed: scan.passed, ...(reason && { reason }) };
    }),
  };
}

/** Who was let through is in, whatever the rule says: then it is told as a conflict. */
function scanOf(draft: Draft, event: EventOnSale, claim: Verified, deviceId: string): Scan {
  const { verdict, nonce, at, direction, gateId, reason: refused } = claim;
  const ticket = ticketOf(verdict, event);
  const passage = { nonce, at, direction, gateId: gateOnRecord(draft, gateId), deviceId };
  if (refused)
    return { ...passage, passed: false, reason: refused, ...(ticket && { ticket: onRecord(ticket) }) };
  // Whether it was in already is for all of its scans together to tell.
  const gate = { ...eventAtTheGate(draft, event), presenceOf: () => neverIn };
  const reason = reasonAgainst({ verdict, gateId, direction, at }, gate);
  if (!ticket) return { ...passage, passed: false, reason: reason ?? 'unknown' };
  return { ...passage, passed: true, ticket: onRecord(ticket), ...(reason && { reason }) };
}
