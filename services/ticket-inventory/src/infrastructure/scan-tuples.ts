import type { AdmissionReason, Direction } from '@boxoffice/shared/scanning';
import type { Instant } from '@boxoffice/shared/kernel';
import type { Scan } from '../core/scan';

/** A scan in the documents of its event. The ticket's id without the event's, and its type as a place in the document's list. */
export type ScanTuple = readonly [
  nonce: string,
  at: Instant,
  direction: Direction,
  passed: 0 | 1,
  gateId: string,
  reason: AdmissionReason | '',
  deviceId: string,
  ...ticket: readonly [] | readonly [suffix: string, ticketType: number],
];

export function scanTuple(scan: Scan, numberOf: (ticketTypeId: string) => number): ScanTuple {
  const { nonce, at, direction, passed, gateId, reason = '', deviceId = '', ticket } = scan;
  const own = ticket ? ([ticket.ticketId.slice(27), numberOf(ticket.ticketTypeId)] as const) : ([] as const);
  return [nonce, at, direction, passed ? 1 : 0, gateId, reason, deviceId, ...own];
}

export function scanOf(tuple: ScanTuple, eventId: string, ticketTypes: readonly string[]): Scan {
  const [nonce, at, direction, passed, gateId, reason, deviceId, suffix, ticketType = -1] = tuple;
  const device = deviceId && { deviceId };
  const ticket =
    suffix === undefined
      ? undefined
      : { ticketId: `${eventId}-${suffix}`, ticketTypeId: ticketTypes[ticketType] ?? '' };
  const passage = { nonce, at, direction, gateId };
  if (!passed || !ticket)
    return { ...passage, passed: false, reason: reason || 'unknown', ...device, ...(ticket && { ticket }) };
  return { ...passage, passed: true, ticket, ...device, ...(reason && { reason }) };
}
