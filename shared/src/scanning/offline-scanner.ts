import type { Instant } from '../kernel';
import { verifyTicketCode, type FindKey, type TicketClaims } from '../tokens';
import type { ScanBundle } from './bundle';
import { reasonAgainst, type EventAtTheGate } from './decide';
import { findKeyAmong } from './keys';
import { accountOf, neverIn, type Admitted, type Passage, type Presence } from './presence';
import type { AdmissionReason, Direction, GateRules, TicketStatus } from './words';

/** As it is uploaded: what was scanned, and what the scanner said to it. */
export interface OwnScan extends Passage {
  readonly code: string;
  readonly result: 'accepted' | 'refused';
  readonly reason?: AdmissionReason;
}

export interface ScanAnswer {
  readonly result: 'accepted' | 'refused';
  readonly reason?: AdmissionReason;
  /** Where the code is genuine. */
  readonly ticket?: TicketClaims;
  /** Where it is in already. */
  readonly admittedBefore?: Admitted;
}

/** What one request takes. */
export const mostScansAtOnce = 500;

const asIssued: TicketStatus = { issue: 1, state: 'valid' };

/**
 * Decides at a gate that has no network, by the rule that the server decides by: from the bundle that it fetched beforehand, the changes
 * that it has heard of since, and what it has scanned itself. What it scanned it keeps, to be uploaded when it can.
 */
export class OfflineScanner implements EventAtTheGate {
  private bundle: ScanBundle;
  private findKey: FindKey;
  private readonly statuses = new Map<string, TicketStatus>();
  private readonly heard = new Map<string, ScanBundle['admissions'][number]>();
  private readonly own = new Map<string, Passage[]>();
  private waiting: OwnScan[] = [];

  constructor(
    bundle: ScanBundle,
    /** Makes a nonce that nobody makes again: 8 to 40 of A–Z, a–z, 0–9, `-` and `_`. */
    private readonly nextNonce: () => string,
  ) {
    this.bundle = bundle;
    this.findKey = findKeyAmong(bundle.keys);
    this.learn(bundle);
  }

  get eventId(): string {
    return this.bundle.eventId;
  }
  get isCancelled(): boolean {
    return this.bundle.event.isCancelled;
  }
  get rules(): GateRules {
    return this.bundle.rules;
  }
  /** To ask for what has changed since. */
  get cursor(): string {
    return this.bundle.cursor;
  }

  /** A delta, or a whole bundle again. Throws where it is of another event. */
  learn(bundle: ScanBundle): void {
    if (bundle.eventId !== this.eventId) throw new Error(`${bundle.eventId} is not ${this.eventId}`);
    this.bundle = bundle;
    this.findKey = findKeyAmong(bundle.keys);
    for (const { ticketId, issue, state } of bundle.tickets) this.statuses.set(ticketId, { issue, state });
    for (const admission of bundle.admissions) this.heard.set(admission.ticketId, admission);
  }

  statusOf = (ticketId: string): TicketStatus => this.statuses.get(ticketId) ?? asIssued;

  /** As heard of, and then as scanned here. */
  presenceOf = (ticketId: string): Presence => {
    const heard = this.heard.get(ticketId);
    const since = (this.own.get(ticketId) ?? []).filter(({ at }) => !heard || at > heard.lastAt);
    const before: Presence = heard
      ? { isInside: heard.isInside, admitted: { at: heard.admittedAt, gateId: heard.gateId } }
      : neverIn;
    return since.length === 0 ? before : { ...before, ...accountOf(since) };
  };

  /** `nonce`: of a request for the same scan that was never answered. Then it may have been decided there, and counts once. */
  scan(
    code: string,
    gateId: string,
    at: Instant,
    direction: Direction = 'in',
    nonce = this.nextNonce(),
  ): ScanAnswer {
    const verdict = verifyTicketCode(code, this.findKey);
    const reason = reasonAgainst({ verdict, gateId, direction, at }, this);
    const ticket = verdict.valid && reason !== 'other-event' ? verdict.ticket : undefined;
    const { admitted } = ticket && reason === 'already-in' ? this.presenceOf(ticket.ticketId) : neverIn;
    const passage = { nonce, at, direction, gateId };
    const outcome =
      reason === undefined ? { result: 'accepted' as const } : { result: 'refused' as const, reason };
    this.waiting.push({ ...passage, code: code.slice(0, longestCode), ...outcome });
    if (ticket && reason === undefined) this.keep(ticket.ticketId, passage);
    return { ...outcome, ...(ticket && { ticket }), ...(admitted && { admittedBefore: admitted }) };
  }

  /** What is to be uploaded next; it stays here until it is known to have arrived. */
  toUpload = (): readonly OwnScan[] => this.waiting.slice(0, mostScansAtOnce);

  arrived(nonces: readonly string[]): void {
    const known = new Set(nonces);
    this.waiting = this.waiting.filter(({ nonce }) => !known.has(nonce));
  }

  private keep(ticketId: string, passage: Passage): void {
    const before = this.own.get(ticketId);
    if (before) before.push(passage);
    else this.own.set(ticketId, [passage]);
  }
}

/** A code of ours is shorter: what is longer is some other QR code, and stays unknown when it is cut. */
const longestCode = 300;
