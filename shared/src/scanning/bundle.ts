import type { Instant } from '../kernel';
import type { GateRules, TicketStatus } from './words';

/** A public key as a JSON Web Key of RFC 8037; more members than these are none of a scanner's business. */
export interface TicketKey {
  readonly kid: string;
  readonly x: string;
}

/**
 * What a scanner takes along: who may pass, and by which keys codes are genuine. Of tickets and admissions it has what has changed since the
 * cursor that was asked with: those that are not in any are as they were issued, and never came in.
 */
export interface ScanBundle {
  readonly eventId: string;
  /** To ask with next. */
  readonly cursor: string;
  /** Whether this is all; if not, ask again at once. */
  readonly isComplete: boolean;
  readonly event: {
    readonly title: string;
    readonly startsAt: Instant;
    readonly endsAt: Instant;
    readonly timeZone: string;
    readonly isCancelled: boolean;
    readonly ticketTypes: readonly { readonly ticketTypeId: string; readonly name: string }[];
  };
  readonly rules: GateRules;
  readonly keys: readonly TicketKey[];
  readonly tickets: readonly (TicketStatus & { readonly ticketId: string })[];
  readonly admissions: readonly {
    readonly ticketId: string;
    readonly isInside: boolean;
    /** Of what let it in last. */
    readonly admittedAt: Instant;
    readonly gateId: string;
    /** Of the last passage in either direction. */
    readonly lastAt: Instant;
  }[];
}
