import { after, before, type Instant } from '@boxoffice/shared/kernel';
import type { Gate, GateRules } from '@boxoffice/shared/scanning';
import type { EventOnSale } from './event-on-sale';

/** How an organiser lets people in. Names stewards by their addresses: a document, which can be erased, and no part of the log. */
export interface AdmissionRules {
  /** 1 as long as nobody has set any, then one more each time. */
  readonly version: number;
  readonly reEntry: boolean;
  /** When the doors open: at a moment, or so long before the start. */
  readonly opensAt?: Instant;
  readonly opensMinutesBeforeStart?: number;
  /** When they close: at a moment, or so long after the end. */
  readonly closesAt?: Instant;
  readonly closesMinutesAfterEnd?: number;
  /** One at least. */
  readonly gates: readonly Gate[];
  /** E-mail addresses, in lower case. */
  readonly stewards: readonly string[];
}

/** Doors open a day before the start at the earliest, unless an organiser says otherwise; a ticket scanned by mistake stays good. */
export const defaultOpening = { days: 1 };

export const defaultRules: AdmissionRules = {
  version: 1,
  reEntry: false,
  gates: [{ gateId: 'main', name: 'Main entrance' }],
  stewards: [],
};

export function gateRulesOf(
  { startsAt, endsAt }: EventOnSale,
  rules: Omit<AdmissionRules, 'version'>,
): GateRules {
  const { reEntry, gates, opensAt, opensMinutesBeforeStart, closesAt, closesMinutesAfterEnd } = rules;
  const opening =
    opensMinutesBeforeStart === undefined ? defaultOpening : { minutes: opensMinutesBeforeStart };
  return {
    reEntry,
    gates,
    opensAt: opensAt ?? before(startsAt, opening),
    closesAt: closesAt ?? after(endsAt, { minutes: closesMinutesAfterEnd ?? 0 }),
  };
}

export const sameAddress = (address: string): string => address.trim().toLowerCase();
