import type { Instant } from '@boxoffice/shared/kernel';
import type { RequestMark } from './hold';

/** People who buy together, each their own part: a part is a hold, and all of them are bought, or none. */
export interface GroupTerms {
  /** `<eventId>-<suffix>` */
  readonly groupId: string;
  /** Its leader. */
  readonly userId: string;
  readonly request: RequestMark;
}

export interface Group extends GroupTerms {
  /** Of its parts, by their numbers from 1. */
  readonly holdIds: readonly string[];
  readonly standing: GroupStanding;
}

export type GroupStanding =
  { readonly state: 'open' } | { readonly state: GroupEnd; readonly endedAt: Instant };

/** All have paid; its leader gave it up; its time was up. */
export type GroupEnd = 'complete' | 'released' | 'expired';
export type GroupState = GroupStanding['state'];

export const groupRules = {
  parts: { least: 2, most: 20 },
  tickets: 100,
  /** As long as a hold may last at the most: everyone has to find the invitation, and to pay. */
  minutes: 120,
} as const;
