import type { Instant, Money } from '@boxoffice/shared/kernel';
import type { Dispute } from './gateway';
import type { Posting } from './ledger';

/** A captured payment that a buyer's bank has taken back. The money is gone from the gateway until it is won. */
export interface RecordedDispute {
  /** Ours, under which the ledger has it. */
  readonly id: string;
  readonly gateway: string;
  /** The gateway's name for it. */
  readonly disputeId: string;
  readonly paymentId: string;
  readonly orderId: string;
  readonly organizerId: string;
  readonly amount: Money;
  readonly state: Dispute['outcome'];
  readonly openedAt: Instant;
  readonly settledAt: Instant | undefined;
  readonly version: number;
}

/** The part of a commit that disputes write. */
export interface DisputeBook {
  find(gateway: string, disputeId: string): Promise<RecordedDispute | undefined>;
  add(dispute: RecordedDispute): Promise<void>;
  save(dispute: RecordedDispute): Promise<void>;
  post(posting: Posting, orderId: string): Promise<void>;
}

/** Notices come in any order. What was lost may be won on appeal; what was won stays so. */
const lifecycle: Readonly<
  Record<Dispute['outcome'], Readonly<Record<Dispute['outcome'], Dispute['outcome']>>>
> = {
  opened: { opened: 'opened', lost: 'lost', won: 'won' },
  lost: { opened: 'lost', lost: 'lost', won: 'won' },
  won: { opened: 'won', lost: 'won', won: 'won' },
};

/** The dispute after the news; the very same object where it tells nothing new. */
export function learnOfDispute(
  dispute: RecordedDispute,
  outcome: Dispute['outcome'],
  now: Instant,
): RecordedDispute {
  const state = lifecycle[dispute.state][outcome];
  return state === dispute.state ? dispute : { ...dispute, state, settledAt: now };
}
