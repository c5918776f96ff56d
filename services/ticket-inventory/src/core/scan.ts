import type { AdmissionReason, Passage } from '@boxoffice/shared/scanning';

export interface ScannedTicket {
  readonly ticketId: string;
  readonly ticketTypeId: string;
}

/** A scan as the log keeps it. Its gate is empty where the rules know none of that name. */
export type Scan = Passage & {
  /** Which device decided it by itself, without a network. */
  readonly deviceId?: string;
} & (
    | {
        readonly passed: true;
        readonly ticket: ScannedTicket;
        /** Why the device should not have let it through. That it was in already is not said here: other scans tell. */
        readonly reason?: AdmissionReason;
      }
    | {
        readonly passed: false;
        /** Absent where the code was none of a ticket of this event. */
        readonly ticket?: ScannedTicket;
        readonly reason: AdmissionReason;
      }
  );

export type PassedScan = Scan & { readonly passed: true };
