import { after, type Instant } from '@boxoffice/shared/kernel';
import { reasonAgainst, type Admitted, type Direction } from '@boxoffice/shared/scanning';
import type { TicketClaims, TicketCodeVerdict } from '@boxoffice/shared/tokens';
import { inject, injectable } from 'tsyringe';
import { Doors } from './doors';
import type { Draft } from './draft';
import { ticketTypeOf, type EventOnSale } from './event-on-sale';
import { eventAtTheGate, eventToScan } from './gate';
import type { Holder } from './my-tickets';
import type { Scan } from './scan';
import { TicketKeys } from './ticket-keys';
import { TicketsOnRecord } from './tickets-on-record';

export interface AtAGate {
  /** The same again, of the same ticket, is the same scan. */
  readonly nonce: string;
  readonly gateId: string;
  readonly direction: Direction;
}

export interface AdmissionRequest extends AtAGate {
  readonly eventId: string;
  readonly who: Holder;
  readonly code: string;
  /** Where it was asked before and no answer came. */
  readonly scannedAt?: Instant | undefined;
}

type Decided = Pick<Scan, 'passed' | 'reason'> & {
  /** Where it is one of this event. */
  readonly ticket?: TicketClaims;
  readonly ticketTypeName?: string;
  /** Where it is in already. */
  readonly admittedBefore?: Admitted;
};
export type Admission = Decided & { readonly holderName?: string; readonly seat?: string };

/** Somebody stands at a gate with a code. */
@injectable()
export class AdmitTicket {
  constructor(
    @inject(Doors) private readonly doors: Doors,
    @inject(TicketKeys) private readonly keys: TicketKeys,
    @inject(TicketsOnRecord) private readonly records: TicketsOnRecord,
  ) {}

  async admit(request: AdmissionRequest): Promise<Admission> {
    const verdict = await this.keys.verify(request.code);
    const { decided, isSeated } = await this.doors.ask(request.eventId, (draft) => ({
      decided: decideAdmission(draft, request, verdict),
      isSeated: draft.event?.seatMap !== undefined,
    }));
    const { ticket } = decided;
    if (!ticket) return decided;
    const [holderName, seat] = await Promise.all([
      this.records.holderName(ticket),
      isSeated ? this.records.find(ticket.ticketId).then((issued) => issued?.seat) : undefined,
    ]);
    return {
      ...decided,
      ...(holderName === undefined ? {} : { holderName }),
      ...(seat === undefined ? {} : { seat }),
    };
  }
}

export function decideAdmission(
  draft: Draft,
  { who, nonce, gateId, direction, scannedAt = draft.now }: Omit<AdmissionRequest, 'code'>,
  verdict: TicketCodeVerdict,
): Decided {
  const event = eventToScan(draft, who);
  const ticket = ticketOf(verdict, event);
  const known = draft.admissions.find(ticket?.ticketId, nonce);
  if (known) return answer(draft, event, known, ticket);
  const at = scannedAt < draft.now ? scannedAt : draft.now;
  const reason = reasonAgainst({ verdict, gateId, direction, at }, eventAtTheGate(draft, event));
  const passage = { nonce, at, direction, gateId: gateOnRecord(draft, gateId) };
  const scan: Scan =
    ticket && reason === undefined
      ? { ...passage, at: afterTheLast(draft, ticket, at), passed: true, ticket: onRecord(ticket) }
      : {
          ...passage,
          passed: false,
          reason: reason ?? 'unknown',
          ...(ticket && { ticket: onRecord(ticket) }),
        };
  draft.record(scan);
  return answer(draft, event, scan, ticket);
}

/** Undefined where it is none, or one of another event: of those nothing is said here. */
export const ticketOf = (verdict: TicketCodeVerdict, { eventId }: EventOnSale): TicketClaims | undefined =>
  verdict.valid && verdict.ticket.eventId === eventId ? verdict.ticket : undefined;

export const onRecord = ({ ticketId, ticketTypeId }: TicketClaims) => ({ ticketId, ticketTypeId });

/** Names that nobody has set for a gate are not written into the log: they might be anything. */
export const gateOnRecord = ({ rules }: Draft, gateId: string): string =>
  rules.gates.find((gate) => gate.gateId === gateId)?.gateId ?? '';

/** What is decided here is decided after all that is known of the ticket, whatever the clocks say. */
function afterTheLast(draft: Draft, { ticketId }: TicketClaims, at: Instant): Instant {
  const { last } = draft.admissions.accountOf(ticketId);
  return last && at <= last.at ? after(last.at, { milliseconds: 1 }) : at;
}

function answer(draft: Draft, event: EventOnSale, scan: Scan, ticket: TicketClaims | undefined): Decided {
  const { passed, reason } = scan;
  const decided = { passed, ...(reason && { reason }) };
  if (!ticket) return decided;
  const { admitted } = draft.admissions.accountOf(ticket.ticketId);
  return {
    ...decided,
    ticket,
    ticketTypeName: ticketTypeOf(event, ticket.ticketTypeId)?.name ?? '',
    ...(reason === 'already-in' && admitted && { admittedBefore: admitted }),
  };
}
