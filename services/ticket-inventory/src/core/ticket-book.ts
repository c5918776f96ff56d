import type { RequestMark } from './hold';
import type { Journal } from './journal';

/** What sets a ticket apart from how it was issued. Most tickets have none. */
export interface TicketMark {
  /** Which of its codes admits: those before it are revoked. */
  readonly issue: number;
  readonly isVoid: boolean;
  /** The commit that last revoked a code of it. */
  readonly revokedAt: number;
  /** What its last transfer was asked for under. */
  readonly request?: RequestMark;
}

/** The tickets of an event that are no longer as they were issued: passed on, or void. */
export class TicketBook {
  private readonly marks = new Map<string, TicketMark>();

  constructor(private readonly journal: Journal) {}

  mark = (ticketId: string): TicketMark | undefined => this.marks.get(ticketId);
  issueOf = (ticketId: string): number => this.marks.get(ticketId)?.issue ?? 1;
  isVoid = (ticketId: string): boolean => this.marks.get(ticketId)?.isVoid ?? false;
  all = (): Iterable<readonly [ticketId: string, TicketMark]> => this.marks.entries();

  transfer(ticketId: string, issue: number, request: RequestMark, revokedAt: number): void {
    this.journal.set(this.marks, ticketId, { issue, isVoid: this.isVoid(ticketId), revokedAt, request });
  }

  void(ticketIds: readonly string[], revokedAt: number): void {
    for (const ticketId of ticketIds) {
      const before = this.marks.get(ticketId) ?? { issue: 1 };
      this.journal.set(this.marks, ticketId, { ...before, isVoid: true, revokedAt });
    }
  }

  recall = (ticketId: string, mark: TicketMark): void => void this.marks.set(ticketId, mark);
}
