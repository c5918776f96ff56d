import type { Instant } from '../kernel';
import type { Direction } from './words';

/** Somebody went through a gate with a ticket. Its nonce was made by who scanned it: the same again is the same passage. */
export interface Passage {
  readonly nonce: string;
  readonly at: Instant;
  readonly direction: Direction;
  readonly gateId: string;
}

/** When and where. */
export type Admitted = Pick<Passage, 'at' | 'gateId'>;

export interface Presence {
  readonly isInside: boolean;
  /** What let it in last; absent: it never was in. */
  readonly admitted?: Admitted;
}

export const neverIn: Presence = { isInside: false };

/** It was let in though it had been before: what let it in then, and whether it was inside still. */
export interface LetInAgain<P extends Passage> {
  readonly passage: P;
  readonly before: P;
  readonly wasInside: boolean;
}

export interface Account<P extends Passage> extends Presence {
  readonly admitted?: P;
  /** What let it in first. */
  readonly first?: P;
  /** In whichever direction. */
  readonly last?: P;
  readonly again: readonly LetInAgain<P>[];
}

/**
 * What all passages of a ticket come to, whichever was heard of first: they count in the order of their times, those of one moment
 * by their nonces.
 */
export function accountOf<P extends Passage>(passages: readonly P[]): Account<P> {
  const again: LetInAgain<P>[] = [];
  let isInside = false;
  let first: P | undefined;
  let before: P | undefined;
  const ordered = inOrder(passages);
  for (const passage of ordered) {
    const wasInside = isInside;
    isInside = passage.direction === 'in';
    if (!isInside) continue;
    if (before) again.push({ passage, before, wasInside });
    // Of two who came in on one ticket, the first is the one that it admitted.
    if (!wasInside) before = passage;
    first ??= passage;
  }
  const last = ordered.at(-1);
  return {
    isInside,
    again,
    ...(first && { first }),
    ...(before && { admitted: before }),
    ...(last && { last }),
  };
}

function inOrder<P extends Passage>(passages: readonly P[]): readonly P[] {
  if (passages.length < 2) return passages;
  return passages.toSorted((a, b) => (a.at < b.at || (a.at === b.at && a.nonce < b.nonce) ? -1 : 1));
}
