import { describe, expect, it } from '@jest/globals';
import { GatewayRefused } from '../../core/gateway';
import { fromAdyen, noticeFrom, toAdyen } from './adyen-wire';
import { UnreadableAnswer } from './answer';

const item = {
  pspReference: 'QFQTPCQ8HXSKGK82',
  originalReference: '9913140798220028',
  merchantReference: 'ours',
  amount: { value: 9600, currency: 'EUR' },
  eventDate: '2027-01-05T11:00:00+01:00',
  success: 'true',
  reason: '',
};
const price = { amountMinor: 9600, currency: 'EUR' };
const at = '2027-01-05T10:00:00.000Z';

describe('a notice of Adyen', () => {
  it.each<[string, object, object]>([
    [
      'AUTHORISATION',
      {},
      {
        payment: {
          paymentId: 'ours',
          reference: 'QFQTPCQ8HXSKGK82.ours',
          outcome: { is: 'captured', amount: price, capturedAt: at },
        },
      },
    ],
    [
      'AUTHORISATION',
      { merchantReference: 'ours.later' },
      {
        payment: {
          paymentId: 'ours',
          reference: 'QFQTPCQ8HXSKGK82.ours',
          outcome: { is: 'authorised', amount: price },
        },
      },
    ],
    [
      'AUTHORISATION',
      { additionalData: { alias: 'H167852639363479' } },
      { payment: { fingerprint: 'H167852639363479' } },
    ],
    ['AUTHORISATION', { success: 'false', reason: 'Refused' }, { concerns: 'nothing-of-ours' }],
    [
      'CAPTURE',
      {},
      {
        payment: {
          paymentId: 'ours',
          reference: '9913140798220028.ours',
          outcome: { is: 'captured', amount: price, capturedAt: at },
        },
      },
    ],
    ['CAPTURE', { success: 'false' }, { concerns: 'nothing-of-ours' }],
    [
      'CAPTURE_FAILED',
      { reason: 'Capture Failed' },
      { payment: { outcome: { is: 'declined', reason: 'Capture Failed' } } },
    ],
    ['CANCELLATION', {}, { payment: { paymentId: 'ours', outcome: { is: 'cancelled' } } }],
    [
      'REFUND',
      {},
      {
        refund: {
          refundId: 'ours',
          reference: 'QFQTPCQ8HXSKGK82.ours',
          outcome: { is: 'succeeded', refundedAt: at },
        },
      },
    ],
    [
      'REFUND',
      { success: 'false', reason: 'Too much' },
      { refund: { outcome: { is: 'failed', reason: 'Too much' } } },
    ],
    ['REFUND_FAILED', {}, { refund: { outcome: { is: 'failed', reason: 'not told' } } }],
    [
      'CHARGEBACK',
      { merchantReference: 'ours.later' },
      { dispute: { disputeId: 'QFQTPCQ8HXSKGK82', paymentId: 'ours', amount: price, outcome: 'opened' } },
    ],
    ['CHARGEBACK_REVERSED', {}, { dispute: { outcome: 'won' } }],
    ['SECOND_CHARGEBACK', {}, { dispute: { outcome: 'lost' } }],
    ['REPORT_AVAILABLE', {}, { concerns: 'nothing-of-ours' }],
    ['ISSUER_RESPONSE_TIMEFRAME_EXPIRED', {}, { concerns: 'nothing-of-ours' }],
  ])('%s %j', (eventCode, over, expected) => {
    const notice = noticeFrom({ ...item, ...over, eventCode });
    expect(notice).toMatchObject(expected);
    expect(notice.id.length).toBeLessThanOrEqual(50);
  });

  it('has another id where it says another thing of the same', () => {
    const ids = ['true', 'false'].flatMap((success) =>
      ['CAPTURE', 'CAPTURE_FAILED'].map((eventCode) => noticeFrom({ ...item, eventCode, success }).id),
    );
    expect(new Set(ids).size).toBe(4);
  });

  it.each([
    { merchantReference: 'a b' },
    { amount: { value: 0.5, currency: 'EUR' } },
    { eventDate: 'today' },
  ])('is unreadable with %j', (over) => {
    expect(() => noticeFrom({ ...item, ...over, eventCode: 'AUTHORISATION' })).toThrow(UnreadableAnswer);
  });
});

describe('an amount of Adyen', () => {
  it.each([
    [9600, 'EUR', 9600],
    [9600, 'JPY', 9600],
    [9600, 'KWD', 9600],
    [9600, 'CLP', 960000],
    [9600, 'ISK', 960000],
    [9600, 'CVE', 96],
  ])('%d of %s is %d there', (amountMinor, currency, value) => {
    expect(toAdyen({ amountMinor, currency })).toEqual({ value, currency });
    expect(fromAdyen({ value, currency })).toEqual({ amountMinor, currency });
  });

  it('has no parts where Adyen knows none', () => {
    expect(() => toAdyen({ amountMinor: 9601, currency: 'CVE' })).toThrow(GatewayRefused);
    expect(() => fromAdyen({ value: 9601, currency: 'CLP' })).toThrow(UnreadableAnswer);
  });
});
