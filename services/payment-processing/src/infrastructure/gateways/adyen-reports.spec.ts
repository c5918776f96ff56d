import { describe, expect, it } from '@jest/globals';
import { instant } from '@boxoffice/shared/kernel';
import { movementsOfReport, reportDays } from './adyen-reports';
import { UnreadableAnswer } from './answer';

const zone = 'Europe/Amsterdam';
const head =
  'Company Account,Merchant Account,Psp Reference,Merchant Reference,Payment Method,Booking Date,TimeZone,Record Type,Modification Psp Reference,Payment Currency,Captured (PC),Modification Merchant Reference';
const row = (type: string, amount: string, modification = ',', psp = 'QFQTPCQ8HXSKGK82') => {
  const [name, reference] = modification.split(',');
  return `Box,"Box, ECOM",${psp},ours.later,visa,2027-01-05 11:00:00,CET,${type},${name},EUR,${amount},${reference}`;
};
const read = (...rows: string[]) => movementsOfReport([head, ...rows].join('\r\n'), zone);

describe('the payment accounting report', () => {
  it('says what was captured, given back and disputed, and when by the clock of the account', async () => {
    const at = '2027-01-05T10:00:00.000Z';
    const payment = { reference: 'QFQTPCQ8HXSKGK82.ours', ourId: 'ours' };
    const euros = (amountMinor: number) => ({ amountMinor, currency: 'EUR' });
    expect(
      await read(
        row('Received', '0.00'),
        row('Authorised', '0.00'),
        row('SentForSettle', '96.00'),
        row('Settled', '-96.00'),
        row('SentForRefund', '-10.50', 'LQWDDLKTSV2GGS82,back'),
        row('SentForRefund', '-1.00', 'LQWDDLKTSV2GGS83,'),
        row('Chargeback', '-96.00', 'LQWDDLKTSV2GGS84,'),
        row('ChargebackReversed', '96.00', 'LQWDDLKTSV2GGS85,'),
      ),
    ).toEqual([
      { is: 'capture', ...payment, amount: euros(9600), at },
      { is: 'refund', reference: 'LQWDDLKTSV2GGS82.back', ourId: 'back', amount: euros(1050), at },
      { is: 'refund', reference: 'LQWDDLKTSV2GGS83', amount: euros(100), at },
      { is: 'dispute', ...payment, amount: euros(9600), at },
      { is: 'dispute-won', ...payment, amount: euros(9600), at },
    ]);
  });

  it.each([row('SentForSettle', 'many'), row('SentForSettle', '96.00', ',', 'a b')])(
    'that is not as promised is not read: %s',
    async (bad) => {
      await expect(read(bad)).rejects.toBeInstanceOf(UnreadableAnswer);
    },
  );

  it.each([
    ['2027-01-05T10:00:00Z', '2027-01-05T11:00:00Z', ['2027_01_05']],
    ['2027-01-05T22:59:59Z', '2027-01-05T23:00:01Z', ['2027_01_05', '2027_01_06']],
    ['2027-01-05T23:00:00Z', '2027-01-07T23:00:00Z', ['2027_01_06', '2027_01_07']],
    ['2027-03-27T12:00:00Z', '2027-03-29T00:00:00Z', ['2027_03_27', '2027_03_28', '2027_03_29']],
    ['2027-01-05T10:00:00Z', '2027-01-05T10:00:00Z', []],
  ])('is there for each day of the account from %s to before %s', (since, until, days) => {
    expect(reportDays(instant(since), instant(until), zone)).toEqual(days);
  });
});
