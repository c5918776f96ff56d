import { describe, expect, it } from '@jest/globals';
import { after, instant } from '@boxoffice/shared/kernel';
import { GatewayContradicts, type PaymentOutcome } from './gateway';
import { asking, learn, type Payment, type PaymentNews, type PaymentState } from './payment';

const now = instant('2027-01-05T10:00:00Z');
const amount = { amountMinor: 9600, currency: 'EUR' };
const payment = (state: PaymentState): Payment => ({
  paymentId: 'p',
  orderId: 'o',
  userId: 'ada',
  gateway: 'counter',
  amount,
  capture: 'at-once',
  payBy: undefined,
  method: undefined,
  state,
  reference: 'r',
  checkoutUrl: 'https://counter.example/r',
  declineReason: undefined,
  createdAt: now,
  capturedAt: undefined,
  refundedMinor: 0,
  askAt: after(now, { seconds: 30 }),
  asks: 0,
  replacedBy: undefined,
  version: 1,
});
const news = (outcome: PaymentOutcome): PaymentNews => ({
  reference: 'r',
  checkoutUrl: 'https://counter.example/r',
  outcome,
});
const outcomes: Record<PaymentOutcome['is'], PaymentOutcome> = {
  open: { is: 'open' },
  authorised: { is: 'authorised', amount },
  captured: { is: 'captured', amount, capturedAt: now },
  declined: { is: 'declined', reason: 'no cover' },
  cancelled: { is: 'cancelled' },
};

describe('a payment', () => {
  it.each<[PaymentState, PaymentOutcome['is'], PaymentState]>([
    ['created', 'open', 'processing'],
    ['unknown', 'open', 'processing'],
    ['processing', 'open', 'processing'],
    ['created', 'authorised', 'authorised'],
    ['processing', 'authorised', 'authorised'],
    ['authorised', 'open', 'authorised'],
    ['authorised', 'captured', 'captured'],
    ['authorised', 'cancelled', 'abandoned'],
    ['authorised', 'declined', 'declined'],
    ['captured', 'authorised', 'captured'],
    ['abandoned', 'authorised', 'abandoned'],
    ['created', 'captured', 'captured'],
    ['unknown', 'captured', 'captured'],
    ['processing', 'captured', 'captured'],
    ['declined', 'captured', 'captured'],
    ['abandoned', 'captured', 'captured'],
    ['captured', 'declined', 'captured'],
    ['captured', 'cancelled', 'captured'],
    ['captured', 'open', 'captured'],
    ['processing', 'declined', 'declined'],
    ['processing', 'cancelled', 'abandoned'],
    ['declined', 'open', 'declined'],
    ['abandoned', 'open', 'abandoned'],
  ])('that is %s and hears %s is %s', (before, heard, becomes) => {
    expect(learn(payment(before), news(outcomes[heard]), now).state).toBe(becomes);
  });

  it('stays the same object where it hears nothing new', () => {
    const before = payment('captured');
    expect(learn(before, news(outcomes.captured), now)).toBe(before);
    expect(learn(before, { outcome: { is: 'no-answer' } }, now)).toBe(before);
  });

  it('takes the name under which it was paid, and keeps it', () => {
    const paid = learn(payment('processing'), { ...news(outcomes.captured), reference: 'paid' }, now);
    expect(paid.reference).toBe('paid');
    expect(learn(paid, { ...news(outcomes.captured), reference: 'other' }, now)).toBe(paid);
    expect(learn(paid, { ...news(outcomes.open), reference: 'page' }, now)).toBe(paid);
  });

  it.each(['open', 'declined', 'cancelled'] as const)('keeps its name where it hears %s', (heard) => {
    const told = learn(payment('processing'), { ...news(outcomes[heard]), reference: 'other' }, now);
    expect(told.reference).toBe('r');
  });

  it('that is captured is asked about no more', () => {
    expect(learn(payment('processing'), news(outcomes.captured), now)).toMatchObject({
      askAt: undefined,
      capturedAt: now,
    });
  });

  it('that ended without money is asked about until one more answer has come', () => {
    const declined = learn(payment('processing'), news(outcomes.declined), now);
    expect(declined.askAt).toBe(after(now, { minutes: 10 }));
    expect(learn(declined, news(outcomes.declined), now)).toBe(declined);
    const asked = asking(declined, after(now, { minutes: 10 }));
    expect(asked.askAt).toBe(after(now, { minutes: 30 }));
    expect(learn(asked, news(outcomes.declined), now).askAt).toBeUndefined();
  });

  it('is asked about at growing distances, up to six hours', () => {
    let waiting = payment('processing');
    const pauses = Array.from({ length: 14 }, () => {
      waiting = asking(waiting, now);
      return (Date.parse(waiting.askAt ?? '') - Date.parse(now)) / 1000;
    });
    expect(pauses.slice(0, 3)).toEqual([60, 120, 240]);
    expect(pauses.at(-1)).toBe(6 * 3600);
  });

  it.each([
    ['amount', { amountMinor: 9599, currency: 'EUR' }],
    ['currency', { amountMinor: 9600, currency: 'USD' }],
  ])('does not believe another %s', (_, other) => {
    const outcome = { is: 'captured', amount: other, capturedAt: now } as const;
    expect(() => learn(payment('processing'), news(outcome), now)).toThrow(GatewayContradicts);
  });
});
