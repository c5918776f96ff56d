import { describe, expect, it } from '@jest/globals';
import { instant } from '@boxoffice/shared/kernel';
import type { RefundOutcome } from './gateway';
import type { Payment } from './payment';
import { learnOfRefund, leftOf, settledByHand, submitting, type Refund, type RefundState } from './refund';

const now = instant('2027-01-05T10:00:00Z');
const refund = (state: RefundState): Refund => ({
  refundId: 'r',
  refundKey: 'k',
  paymentId: 'p',
  orderId: 'o',
  eventId: 'e',
  gateway: 'counter',
  paymentReference: 'there',
  reason: 'goodwill',
  note: undefined,
  ticketIds: [],
  amount: { amountMinor: 500, currency: 'EUR' },
  state,
  reference: undefined,
  failure: undefined,
  settledBy: undefined,
  requestedAt: now,
  refundedAt: undefined,
  askAt: now,
  asks: 0,
  version: 1,
});
const outcomes: Record<RefundOutcome['is'], RefundOutcome> = {
  pending: { is: 'pending' },
  succeeded: { is: 'succeeded', refundedAt: now },
  failed: { is: 'failed', reason: 'the card is closed' },
};

describe('a refund', () => {
  it.each<[RefundState, RefundOutcome['is'], RefundState]>([
    ['requested', 'pending', 'submitted'],
    ['submitted', 'succeeded', 'succeeded'],
    ['submitted', 'failed', 'failed'],
    ['failed', 'succeeded', 'succeeded'],
    ['failed', 'pending', 'failed'],
    ['succeeded', 'failed', 'succeeded'],
    ['succeeded', 'pending', 'succeeded'],
  ])('that is %s and hears %s is %s', (before, heard, becomes) => {
    expect(learnOfRefund(refund(before), { outcome: outcomes[heard] }, now).state).toBe(becomes);
  });

  it('remembers that it had failed when the money has gone back all the same', () => {
    const failed = learnOfRefund(refund('submitted'), { outcome: outcomes.failed }, now);
    const back = learnOfRefund(failed, { outcome: outcomes.succeeded }, now);
    expect([back.state, back.failure]).toEqual(['succeeded', 'the card is closed']);
    expect(settledByHand(failed, 'ada', now)).toMatchObject({
      state: 'succeeded',
      settledBy: 'ada',
      askAt: undefined,
    });
  });

  it('that was refused is looked up daily, and no other so seldom', () => {
    const hours = (state: RefundState) =>
      (Date.parse(submitting(refund(state), now).askAt ?? '') - Date.parse(now)) / 3_600_000;
    expect([hours('failed'), hours('requested') < 1]).toEqual([24, true]);
  });
});

describe('what is left of a payment', () => {
  const payment = (state: Payment['state'], refundedMinor: number) =>
    leftOf({ amount: { amountMinor: 9600, currency: 'EUR' }, state, refundedMinor } as Payment).amountMinor;
  it('is nothing before it is captured, and never below nothing', () => {
    expect([payment('captured', 0), payment('captured', 9000), payment('captured', 9601)]).toEqual([
      9600, 600, 0,
    ]);
    expect([payment('processing', 0), payment('authorised', 0)]).toEqual([0, 0]);
  });
});
