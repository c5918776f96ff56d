import type { Instant } from '@boxoffice/shared/kernel';

export interface Line {
  readonly ticketTypeId: string;
  readonly quantity: number;
  /** `<section>/<row>/<number>` of each, where they are numbered seats. */
  readonly seats?: readonly string[];
}

/** What was agreed when the stock was set aside. */
export interface HoldTerms {
  /** `<eventId>-<suffix>` */
  readonly holdId: string;
  readonly userId: string;
  readonly lines: readonly Line[];
  readonly expiresAt: Instant;
  readonly request: RequestMark;
  /** The waiting list's entry that it is offered to. */
  readonly entryId?: string;
  /** The part of a group booking that it is. Until somebody claims it, it is the group's own. */
  readonly part?: Part;
}

export interface Part {
  readonly groupId: string;
  /** From 1. */
  readonly number: number;
  /** The hash of what has to be shown to claim it. */
  readonly invitation: string;
}

/** Who has paid for a part waits for the others of its group. */
export interface PartPayment {
  readonly orderId: string;
  /** Of the message that told of it. */
  readonly traceparent?: string;
}

/** What was agreed, whatever has become of it. */
export const termsOf = ({ holdId, userId, lines, expiresAt, request }: Hold): HoldTerms => ({
  holdId,
  userId,
  lines,
  expiresAt,
  request,
});

/** The Idempotency-Key that the hold was asked for under: the hashes of the key and of the body. */
export interface RequestMark {
  readonly key: string;
  readonly fingerprint: string;
}

/** How often it was extended, and for which request last: the same request again extends nothing. */
export interface Extension {
  readonly count: number;
  readonly key: string;
  /** When it would have expired, had it never been extended. */
  readonly insteadOf: Instant;
}

export type Hold = HoldTerms & { readonly extension?: Extension; readonly paid?: PartPayment } & (
    | { readonly status: 'held' }
    | { readonly status: 'released' | 'expired'; readonly endedAt: Instant }
    | { readonly status: 'confirmed'; readonly endedAt: Instant; readonly orderId: string }
  );

export type HoldStatus = Hold['status'];

/** As its buyer was first told of it, before any extension. */
export const asMade = (hold: Hold): Hold =>
  hold.extension ? { ...hold, expiresAt: hold.extension.insteadOf } : hold;

export const isDue = (hold: HoldTerms, now: Instant): boolean => hold.expiresAt <= now;

/** How long an ended hold is remembered, so that a request repeated under its key gets the same answer. */
export const rememberedHours = 24;

export const totalOf = (lines: readonly Line[]): number =>
  lines.reduce((sum, line) => sum + line.quantity, 0);

export const seatsNamedBy = (lines: readonly Line[]): number =>
  lines.reduce((sum, line) => sum + (line.seats?.length ?? 0), 0);

export function sameLines(one: readonly Line[], other: readonly Line[]): boolean {
  return (
    one.length === other.length &&
    one.every((line) =>
      other.some((o) => o.ticketTypeId === line.ticketTypeId && o.quantity === line.quantity),
    )
  );
}
