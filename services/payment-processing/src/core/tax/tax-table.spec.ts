import { describe, expect, it } from '@jest/globals';
import type { TaxCategory, TaxPlace } from '@boxoffice/shared/contracts';
import { instant } from '@boxoffice/shared/kernel';
import { ratesBesideTheUnion, ratesOfTheUnion, unionCountries } from './rates-europe';
import { ratesOverseas } from './rates-overseas';
import type { TaxedBuyer } from './tax';
import { taxTable } from './tax-table';

const table = taxTable();
const private_: TaxedBuyer = {};
const at = (day: string) => instant(`${day}T12:00:00Z`);
const percents = (place: TaxPlace, day: string, category: TaxCategory = 'standard') =>
  table(place, category, at(day), private_, undefined)?.rates.map(
    ({ name, basisPoints }) => `${name} ${basisPoints / 100}`,
  );

describe('the tax table', () => {
  it.each([
    ['DE', '2020-06-30', 'USt. 19', 'USt. 7'],
    ['DE', '2020-07-01', 'USt. 16', 'USt. 5'],
    ['DE', '2020-12-31', 'USt. 16', 'USt. 5'],
    ['DE', '2021-01-01', 'USt. 19', 'USt. 7'],
    ['EE', '2023-12-31', 'KM 20', 'KM 20'],
    ['EE', '2024-01-01', 'KM 22', 'KM 22'],
    ['EE', '2025-07-01', 'KM 24', 'KM 24'],
    ['FI', '2024-08-31', 'ALV 24', 'ALV 10'],
    ['FI', '2024-09-01', 'ALV 25.5', 'ALV 10'],
    ['FI', '2026-01-01', 'ALV 25.5', 'ALV 13.5'],
    ['SK', '2024-12-31', 'DPH 20', 'DPH 20'],
    ['SK', '2025-01-01', 'DPH 23', 'DPH 23'],
    ['CH', '2023-12-31', 'MWST 7.7', 'MWST 2.5'],
    ['CH', '2024-01-01', 'MWST 8.1', 'MWST 2.6'],
    ['RO', '2025-07-31', 'TVA 19', 'TVA 5'],
    ['RO', '2025-08-01', 'TVA 21', 'TVA 11'],
    ['LT', '2026-01-01', 'PVM 21', 'PVM 12'],
    ['GB', '2021-10-01', 'VAT 20', 'VAT 12.5'],
    ['GB', '2022-04-01', 'VAT 20', 'VAT 20'],
    ['NO', '2026-01-01', 'MVA 25', 'MVA 12'],
    ['SG', '2024-01-01', 'GST 9', 'GST 9'],
    ['JP', '2019-09-30', '消費税 8', '消費税 8'],
    ['JP', '2019-10-01', '消費税 10', '消費税 10'],
    ['AU', '2026-01-01', 'GST 10', 'GST 10'],
    ['NZ', '2026-01-01', 'GST 15', 'GST 15'],
  ])('of %s on %s has %s, and for culture %s', (country, day, standard, reduced) => {
    expect(percents({ country }, day)).toEqual([standard]);
    expect(percents({ country }, day, 'reduced')).toEqual([reduced]);
  });

  it.each([
    ['AB', ['GST 5']],
    ['BC', ['GST 5']],
    ['QC', ['GST 5', 'QST 9.975']],
    ['SK', ['GST 5', 'PST 6']],
    ['ON', ['HST 13']],
    ['NS', ['HST 14']],
  ])('of Canada, in %s, has %j', (region, taxes) => {
    expect(percents({ country: 'CA', region }, '2026-01-01')).toEqual(taxes);
  });

  it('of India has a half for the Union and one for the state', () => {
    expect(percents({ country: 'IN' }, '2026-01-01')).toEqual(['CGST 9', 'SGST 9']);
  });

  it('has Nova Scotia’s fifteen per cent until the end of March 2025', () => {
    expect(percents({ country: 'CA', region: 'NS' }, '2025-03-31')).toEqual(['HST 15']);
  });

  it('knows a standard rate of each of the 27 countries of the Union', () => {
    expect(unionCountries.size).toBe(27);
    for (const country of unionCountries) expect(percents({ country }, '2026-01-01')).toHaveLength(1);
  });

  it.each([
    ['the United States, where each city has its own', { country: 'US', region: 'IL' }],
    ['Brazil, where each municipality has its own', { country: 'BR', region: 'SP' }],
    ['Canada without its province', { country: 'CA' }],
    ['Ceuta, which is apart', { country: 'ES', region: 'CE' }],
  ])('knows nothing of %s', (_, place) => {
    expect(percents(place, '2026-01-01')).toBeUndefined();
  });

  it('has parts of a country with taxes of their own, and takes other regions for the country', () => {
    expect(percents({ country: 'PT', region: '30' }, '2026-01-01')).toEqual(['IVA 22']);
    expect(percents({ country: 'ES', region: 'CN' }, '2026-01-01')).toEqual(['IGIC 7']);
    expect(percents({ country: 'DE', region: 'BE' }, '2026-01-01')).toEqual(['USt. 19']);
  });

  it('charges nothing where it is zero or exempt', () => {
    expect(percents({ country: 'DE' }, '2026-01-01', 'zero')).toEqual(['USt. 0']);
    expect(percents({ country: 'DE' }, '2026-01-01', 'exempt')).toEqual([]);
    expect(percents({ country: 'US' }, '2026-01-01', 'exempt')).toEqual([]);
  });

  it('has no two rates of one tax for a place and a day', () => {
    const rows = [...ratesOfTheUnion, ...ratesBesideTheUnion, ...ratesOverseas];
    for (const row of rows) {
      const same = rows.filter(
        (other) =>
          [other.country, other.region, other.category, other.name].join() ===
          [row.country, row.region, row.category, row.name].join(),
      );
      const onItsFirstDay = same.filter(
        ({ from, until }) => from <= row.from && (until === undefined || row.from < until),
      );
      expect(onItsFirstDay).toEqual([row]);
    }
  });
});

describe('what the operator adds', () => {
  it('stands instead of what is known of the place and category, and leaves the rest', () => {
    const operators = taxTable([
      { country: 'BE', category: 'reduced', name: 'BTW', percent: 6, from: '2026-03-01' },
      {
        country: 'US',
        region: 'IL',
        category: 'standard',
        name: 'Amusement tax',
        percent: 9,
        from: '2020-01-01',
      },
    ]);
    const rates = (place: TaxPlace, category: TaxCategory) =>
      operators(place, category, at('2026-06-01'), private_, undefined)?.rates;
    expect(rates({ country: 'BE' }, 'reduced')).toEqual([{ name: 'BTW', basisPoints: 600 }]);
    expect(rates({ country: 'BE' }, 'standard')).toEqual([{ name: 'BTW/TVA', basisPoints: 2100 }]);
    expect(rates({ country: 'US', region: 'IL' }, 'standard')).toEqual([
      { name: 'Amusement tax', basisPoints: 900 },
    ]);
  });
});

describe('who owes the tax', () => {
  const german = { vatId: 'DE136695976' };
  const online = { country: 'AT', online: true } as const;
  const verdict = (place: TaxPlace, buyer: TaxedBuyer, seller?: string) => {
    const found = table(place, 'standard', at('2026-01-01'), buyer, seller);
    return found && [found.rates[0]?.basisPoints, found.reverseCharge];
  };

  it.each<[string, TaxPlace, TaxedBuyer, string | undefined, unknown]>([
    [
      'who attends in person pays the place’s, business or not',
      { country: 'AT' },
      german,
      'AT',
      [2000, false],
    ],
    [
      'a business in another country of the Union owes it for what is online',
      online,
      german,
      'AT',
      [1900, true],
    ],
    ['so it does where only the event’s country is known', online, german, undefined, [1900, true]],
    ['and where the seller is beside the Union', { country: 'CH', online: true }, german, 'CH', [1900, true]],
    ['a business in the seller’s country pays it', online, { vatId: 'ATU13585627' }, 'AT', [2000, false]],
    ['a number that is none makes no business', online, { vatId: 'DE136695977' }, 'AT', [2000, false]],
    ['a private buyer pays their own country’s', online, { country: 'FR' }, 'AT', [2000, false]],
    ['and Finland’s in Finland', online, { country: 'FI' }, 'AT', [2550, false]],
    ['Northern Ireland is the Kingdom for services', online, { vatId: 'XI980780684' }, 'AT', [2000, false]],
    ['a British business owes nothing here', online, { vatId: 'GB980780684' }, 'AT', [2000, false]],
    ['what the table doesn’t know, it doesn’t say', online, { country: 'US' }, 'AT', undefined],
  ])('%s', (_, place, buyer, seller, expected) => {
    expect(verdict(place, buyer, seller)).toEqual(expected);
  });
});
