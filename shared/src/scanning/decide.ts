import type { Instant } from '../kernel';
import type { TicketCodeVerdict } from '../tokens';
import type { Presence } from './presence';
import type { AdmissionReason, Direction, GateRules, TicketStatus } from './words';

/** What is known of an event where it is decided: by the server, or by a scanner without a network. */
export interface EventAtTheGate {
  readonly eventId: string;
  readonly isCancelled: boolean;
  readonly rules: GateRules;
  statusOf(ticketId: string): TicketStatus;
  presenceOf(ticketId: string): Presence;
}

export interface Scanned {
  readonly verdict: TicketCodeVerdict;
  readonly gateId: string;
  readonly direction: Direction;
  readonly at: Instant;
}

/** The rule of the gates: why this code does not let its bearer through there and then; undefined where it does. */
export function reasonAgainst(
  { verdict, gateId, direction, at }: Scanned,
  event: EventAtTheGate,
): AdmissionReason | undefined {
  if (!verdict.valid) return verdict.fault === 'forged' ? 'forged' : 'unknown';
  const { ticketId, eventId, ticketTypeId, issue } = verdict.ticket;
  if (eventId !== event.eventId) return 'other-event';
  const status = event.statusOf(ticketId);
  if (issue < status.issue) return 'void';
  if (direction === 'out') return undefined; // nobody is kept from leaving
  if (status.state === 'void' || event.isCancelled) return 'void';
  if (status.state === 'blocked') return 'blocked';
  const { gates, opensAt, closesAt, reEntry } = event.rules;
  const gate = gates.find((each) => each.gateId === gateId);
  if (!gate || gate.ticketTypeIds?.includes(ticketTypeId) === false) return 'other-gate';
  if (at < opensAt) return 'too-early';
  if (at >= closesAt) return 'too-late';
  const { isInside, admitted } = event.presenceOf(ticketId);
  return isInside || (admitted && !reEntry) ? 'already-in' : undefined;
}
