import { describe, expect, it } from '@jest/globals';
import { epcCode } from './epc-code';

const account = { holder: 'Saal an der Wien GmbH', iban: 'AT611904300234573201', bic: undefined };

describe('the code that a banking app reads', () => {
  it('says account, amount and reference, line by line', () => {
    expect(
      epcCode({ ...account, bic: 'BKAUATWW' }, { amountMinor: 9605, currency: 'EUR' }, 'RF18539007547034'),
    ).toBe(
      'BCD\n002\n1\nSCT\nBKAUATWW\nSaal an der Wien GmbH\nAT611904300234573201\nEUR96.05\n\nRF18539007547034',
    );
  });

  it('needs no BIC', () => {
    expect(epcCode(account, { amountMinor: 5, currency: 'EUR' }, 'RF18')?.split('\n').slice(4, 8)).toEqual([
      '',
      'Saal an der Wien GmbH',
      'AT611904300234573201',
      'EUR0.05',
    ]);
  });

  it('is none for what it does not know', () => {
    expect(epcCode(account, { amountMinor: 100, currency: 'CHF' }, 'RF18')).toBeUndefined();
    expect(epcCode(account, { amountMinor: 100_000_000_000, currency: 'EUR' }, 'RF18')).toBeUndefined();
  });
});
