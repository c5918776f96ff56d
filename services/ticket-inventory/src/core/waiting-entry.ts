import type { Instant } from '@boxoffice/shared/kernel';
import type { RequestMark } from './hold';

/** What somebody waits for: so many tickets of one type, all or none. Who they are is in a note, which can be erased. */
export interface EntryTerms {
  /** `<eventId>-<suffix>`; entries sort by it as they joined. */
  readonly entryId: string;
  readonly userId: string;
  readonly ticketTypeId: string;
  readonly quantity: number;
  /** The hash of the code that they named, where the ticket type is hidden from who has none. */
  readonly accessCode?: string;
  readonly request: RequestMark;
}

export interface Entry extends EntryTerms {
  readonly joinedAt: Instant;
  /** How often somebody who joined later was served first, as what was free was too little for this one. */
  readonly passedOver: number;
  readonly standing: Standing;
}

export type Standing =
  | { readonly state: 'waiting' }
  | { readonly state: 'offered'; readonly holdId: string }
  /** Bought; offered in vain; given up. */
  | { readonly state: 'taken' | 'lapsed' | 'withdrawn'; readonly endedAt: Instant };

export type EntryState = Standing['state'];
export type EntryEnd = 'taken' | 'lapsed' | 'withdrawn';

export const isLive = ({ standing: { state } }: Entry): boolean => state === 'waiting' || state === 'offered';
