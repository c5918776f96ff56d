import { inject, injectable } from 'tsyringe';
import { gateRulesOf, sameAddress, type AdmissionRules } from './admission-rules';
import { Doors } from './doors';
import type { Draft } from './draft';
import { ticketTypeOf, type EventOnSale } from './event-on-sale';
import { eventToRun } from './gate';
import { notPossible, versionChanged, type Reason } from './refusals';

export type WantedRules = Omit<AdmissionRules, 'version'>;

export interface RulesChange {
  readonly eventId: string;
  readonly organizerId: string;
  readonly seenVersion: string;
}

/** An organiser says who may pass at which gate and when, and who the stewards are. */
@injectable()
export class SetAdmissionRules {
  constructor(@inject(Doors) private readonly doors: Doors) {}

  show(eventId: string, organizerId: string): Promise<AdmissionRules> {
    return this.doors.ask(eventId, (draft) => {
      eventToRun(draft, organizerId);
      return draft.rules;
    });
  }

  set(change: RulesChange, rules: WantedRules): Promise<AdmissionRules> {
    return this.doors.ask(change.eventId, (draft) => decideRules(draft, change, rules));
  }
}

export function decideRules(
  draft: Draft,
  { organizerId, seenVersion }: RulesChange,
  wanted: WantedRules,
): AdmissionRules {
  const event = eventToRun(draft, organizerId);
  const { version } = draft.rules;
  if (seenVersion !== String(version)) throw versionChanged(version);
  const reasons = reasonsAgainst(event, wanted);
  if (reasons.length > 0) throw notPossible(reasons);
  const stewards = [...new Set(wanted.stewards.map(sameAddress))];
  return (draft.newRules = { ...wanted, stewards, version: version + 1 });
}

function reasonsAgainst(event: EventOnSale, wanted: WantedRules): readonly Reason[] {
  const reasons: Reason[] = [];
  const say = (field: string, code: string, message: string) => reasons.push({ field, code, message });
  if (wanted.opensAt !== undefined && wanted.opensMinutesBeforeStart !== undefined)
    say('opensMinutesBeforeStart', 'said-twice', 'say when the doors open in one way, not in two');
  if (wanted.closesAt !== undefined && wanted.closesMinutesAfterEnd !== undefined)
    say('closesMinutesAfterEnd', 'said-twice', 'say when the doors close in one way, not in two');
  const { opensAt, closesAt } = gateRulesOf(event, wanted);
  if (opensAt >= closesAt) say('opensAt', 'too-late', 'the doors would open after they close');
  for (const [i, { gateId, ticketTypeIds = [] }] of wanted.gates.entries()) {
    if (wanted.gates.findIndex((gate) => gate.gateId === gateId) < i)
      say(`gates[${i}].gateId`, 'taken', 'another gate has this id');
    for (const [k, id] of ticketTypeIds.entries())
      if (!ticketTypeOf(event, id))
        say(`gates[${i}].ticketTypeIds[${k}]`, 'ticket-type-unknown', 'this event has no such ticket type');
  }
  return reasons;
}
