import type { Instant } from '../kernel';

/** Why somebody is not let through, in the order in which it is looked for. */
export const admissionReasons = [
  'unknown', // no code of a ticket, or by a key that nobody published
  'forged',
  'other-event',
  'void', // given back, passed on to somebody with a code of their own, or of an event that was cancelled
  'blocked',
  'other-gate',
  'too-early',
  'too-late',
  'already-in',
] as const;
export type AdmissionReason = (typeof admissionReasons)[number];

export const directions = ['in', 'out'] as const;
export type Direction = (typeof directions)[number];

export interface Gate {
  readonly gateId: string;
  readonly name: string;
  /** Absent: tickets of every type. */
  readonly ticketTypeIds?: readonly string[];
}

export interface GateRules {
  /** Whether who has left may come in again. */
  readonly reEntry: boolean;
  readonly opensAt: Instant;
  readonly closesAt: Instant;
  readonly gates: readonly Gate[];
}

export interface TicketStatus {
  /** Which of its codes admits: those before it are revoked. */
  readonly issue: number;
  readonly state: 'valid' | 'void' | 'blocked';
}
