import type { Instant } from '@boxoffice/shared/kernel';
import type { Entry, EntryTerms, Standing } from '../core/waiting-entry';

// Who waits for what, as the log and the snapshots have it. The entry's id is that of its place, or stands before.

export type TermsTuple = readonly [
  userId: string,
  key: string,
  fingerprint: string,
  ticketType: number,
  quantity: number,
  accessCode?: string,
];

export type EntryTuple = readonly [joinedAt: Instant, passedOver: number, Standing, ...TermsTuple];

export function termsTuple(
  { userId, request, ticketTypeId, quantity, accessCode }: EntryTerms,
  numberOf: (ticketTypeId: string) => number,
): TermsTuple {
  const tuple = [userId, request.key, request.fingerprint, numberOf(ticketTypeId), quantity] as const;
  return accessCode === undefined ? tuple : [...tuple, accessCode];
}

export function termsOf(
  [userId, key, fingerprint, ticketType, quantity, accessCode]: TermsTuple,
  entryId: string,
  ticketTypes: readonly string[],
): EntryTerms {
  const ticketTypeId = ticketTypes[ticketType] ?? '';
  const terms = { entryId, userId, ticketTypeId, quantity, request: { key, fingerprint } };
  return accessCode === undefined ? terms : { ...terms, accessCode };
}

export const entryTuple = (entry: Entry, numberOf: (ticketTypeId: string) => number): EntryTuple => [
  entry.joinedAt,
  entry.passedOver,
  entry.standing,
  ...termsTuple(entry, numberOf),
];

export const entryOf = (
  [joinedAt, passedOver, standing, ...terms]: EntryTuple,
  entryId: string,
  ticketTypes: readonly string[],
): Entry => ({ ...termsOf(terms, entryId, ticketTypes), joinedAt, passedOver, standing });
