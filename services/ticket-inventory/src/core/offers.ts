import type { Instant } from '@boxoffice/shared/kernel';
import { chooseSeatsAgain } from './choose-seats';
import { nothingKept, type Kept, type Short } from './counts';
import type { Draft } from './draft';
import type { Line } from './hold';
import type { Entry } from './waiting-entry';
import {
  gatheringFor,
  isGathering,
  keptBy,
  mayHave,
  offerExpiry,
  openForOffers,
  type Gathering,
} from './waiting-rules';

/** The lines that the counter has not enough for: what gathers for who waits is not the counter's. */
export const shortAtCounter = (draft: Draft, lines: readonly Line[]): readonly Short[] =>
  draft.counts.shortOf(lines, keptFromCounter(draft));

export const availableAtCounter = (draft: Draft, ticketTypeId: string): number =>
  Math.min(
    draft.counts.availableOf(ticketTypeId, keptFromCounter(draft)) ?? 0,
    seatsFor(draft, ticketTypeId),
  );

/** Those that anyone may have: accessible ones are left to who asks for them. */
function seatsFor({ seatPlan: plan }: Draft, ticketTypeId: string): number {
  return plan?.isNumbered(ticketTypeId) ? plan.left(ticketTypeId, false) : Infinity;
}

function keptFromCounter(draft: Draft): Kept {
  const { waiting, now } = draft;
  if (waiting.isEmpty) return nothingKept;
  // More is to be offered than one commit can take: until the next has, nothing of it is on sale.
  if (draft.owesOffers) return new Map([...waiting.ticketTypes()].map((id) => [id, Infinity]));
  return keptBy(gatheringsOf(draft), now);
}

/** For whom stock gathers, now or later: the oldest of each ticket type whom it could be offered to. */
export function gatheringsOf(draft: Draft): readonly Gathering[] {
  const gatherings: Gathering[] = [];
  const { event, now } = draft;
  for (const ticketTypeId of draft.waiting.ticketTypes()) {
    const type = event && openForOffers(event, ticketTypeId, now);
    if (!type) continue;
    for (const entry of draft.waiting.waitingFor(ticketTypeId)) {
      if (!mayHave(entry, type, draft.takenBy(entry.userId, ticketTypeId))) continue;
      gatherings.push(gatheringFor(entry, type));
      break;
    }
  }
  return gatherings;
}

/** What a commit carries of offers, and of seats that it names. */
interface Room {
  readonly offers: number;
  readonly seats: number;
}

/** Whoever waits is served in the commit in which stock becomes free: it is never on sale first. */
export function makeOffers(draft: Draft, most: Room): void {
  draft.hasFreed = draft.owesOffers = false;
  if (draft.waiting.isEmpty) return;
  for (let next = nextServed(draft); next; next = nextServed(draft)) {
    draft.owesOffers = draft.offers >= most.offers || draft.seatsNamed >= most.seats;
    if (draft.owesOffers) return;
    const { userId, request, entryId } = next.entry;
    draft.setAside(userId, next.lines, next.expiresAt, request, { entryId });
  }
}

interface Served {
  readonly entry: Entry;
  readonly lines: readonly Line[];
  readonly expiresAt: Instant;
}

/** Of all ticket types the oldest entry that is served now. */
function nextServed(draft: Draft): Served | undefined {
  const gatherings = gatheringsOf(draft).filter((each) => isGathering(each, draft.now));
  let next: Served | undefined;
  for (const ticketTypeId of draft.waiting.ticketTypes()) {
    const served = servedOf(draft, ticketTypeId, gatherings);
    if (served && (!next || served.entry.entryId < next.entry.entryId)) next = served;
  }
  return next;
}

/** The oldest that what is free is enough for, without what gathers for those who joined before. */
function servedOf(draft: Draft, ticketTypeId: string, gatherings: readonly Gathering[]): Served | undefined {
  const { counts, event, now } = draft;
  const type = event && openForOffers(event, ticketTypeId, now);
  const free = Math.min(counts.availableOf(ticketTypeId) ?? 0, seatsFor(draft, ticketTypeId));
  if (!type || free === 0) return undefined;
  const senior = gatherings.find((each) => each.ticketTypeId === ticketTypeId);
  for (const entry of draft.waiting.waitingFor(ticketTypeId)) {
    const { entryId, userId, quantity } = entry;
    if (quantity <= free && mayHave(entry, type, draft.takenBy(userId, ticketTypeId))) {
      const older = gatherings.filter((each) => each.entryId < entryId);
      const left = counts.availableOf(ticketTypeId, keptBy(older, now)) ?? 0;
      const lines = quantity <= left ? chooseSeatsAgain(draft, [{ ticketTypeId, quantity }]) : undefined;
      if (lines) return { entry, lines, expiresAt: offerExpiry(event, type, now) };
    }
    if (entryId === senior?.entryId) return undefined; // nobody behind has a chance
  }
  return undefined;
}
