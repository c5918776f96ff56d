import type { HoldTerms, PartPayment } from '../core/hold';
import { suffixIn } from './quantities';

/** Whose or what for a hold is, if it is no buyer's own: offered to an entry (`o`), a part of a group (`p`). */
export interface For {
  readonly o?: string;
  readonly p?: readonly [groupSuffix: string, number: number, invitation: string];
}

export const forOf = ({ entryId, part }: Pick<HoldTerms, 'entryId' | 'part'>): For => ({
  ...(entryId === undefined ? {} : { o: suffixIn(entryId) }),
  ...(part ? { p: [suffixIn(part.groupId), part.number, part.invitation] } : {}),
});

export function whoseIn({ o, p }: For, eventId: string): Pick<HoldTerms, 'entryId' | 'part'> {
  const entry = o === undefined ? {} : { entryId: `${eventId}-${o}` };
  if (!p) return entry;
  const [suffix, number, invitation] = p;
  return { ...entry, part: { groupId: `${eventId}-${suffix}`, number, invitation } };
}

export type PaymentTuple = readonly [orderId: string, traceparent?: string];

export const paymentTuple = ({ orderId, traceparent }: PartPayment): PaymentTuple =>
  traceparent === undefined ? [orderId] : [orderId, traceparent];

export const paymentOf = ([orderId, traceparent]: PaymentTuple): PartPayment =>
  traceparent === undefined ? { orderId } : { orderId, traceparent };
