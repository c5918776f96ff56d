import type { TicketStatus } from '@boxoffice/shared/scanning';
import type { RequestMark } from './hold';
import type { Journal } from './journal';

/** What sets a ticket apart from how it was issued. Most tickets have none. */
export interface TicketMark {
  /** Which of its codes admits: those before it are revoked. */
  readonly issue: number;
  readonly isVoid: boolean;
  readonly isBlocked?: boolean;
  /** The commit that last changed which code of it admits, or whether. */
  readonly changedAt: number;
  /** What its last transfer was asked for under. */
  readonly request?: RequestMark;
}

/** The tickets of an event that are no longer as they were issued: passed on, void, or blocked. */
export class TicketBook {
  private readonly marks = new Map<string, TicketMark>();

  constructor(private readonly journal: Journal) {}

  mark = (ticketId: string): TicketMark | undefined => this.marks.get(ticketId);
  issueOf = (ticketId: string): number => this.marks.get(ticketId)?.issue ?? 1;
  isVoid = (ticketId: string): boolean => this.marks.get(ticketId)?.isVoid ?? false;
  statusOf = (ticketId: string): TicketStatus => statusOf(this.marks.get(ticketId));
  all = (): Iterable<readonly [ticketId: string, TicketMark]> => this.marks.entries();

  transfer(ticketId: string, issue: number, request: RequestMark, changedAt: number): void {
    this.change(ticketId, { issue, request, changedAt });
  }

  void(ticketIds: readonly string[], changedAt: number): void {
    for (const ticketId of ticketIds) this.change(ticketId, { isVoid: true, changedAt });
  }

  block(ticketId: string, isBlocked: boolean, changedAt: number): void {
    this.change(ticketId, { isBlocked, changedAt });
  }

  recall = (ticketId: string, mark: TicketMark): void => void this.marks.set(ticketId, mark);

  private change(ticketId: string, change: Partial<TicketMark>): void {
    this.journal.set(this.marks, ticketId, { ...(this.marks.get(ticketId) ?? asIssued), ...change });
  }
}

const asIssued: TicketMark = { issue: 1, isVoid: false, changedAt: 0 };

export const statusOf = ({ issue, isVoid, isBlocked }: TicketMark = asIssued): TicketStatus => ({
  issue,
  state: isVoid ? 'void' : isBlocked ? 'blocked' : 'valid',
});
