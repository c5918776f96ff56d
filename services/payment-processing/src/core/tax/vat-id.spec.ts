import { describe, expect, it } from '@jest/globals';
import { readVatId } from './vat-id';

/** Numbers that companies print on their invoices, and examples of the authorities. */
const valid: Readonly<Record<string, readonly string[]>> = {
  AT: ['ATU13585627'],
  BE: ['BE0403019261', 'BE0428759497'],
  BG: ['BG175074752', 'BG7523169263'],
  CY: ['CY10259033P'],
  CZ: ['CZ25123891', 'CZ7103192745', 'CZ640903926'],
  DE: ['DE136695976'],
  DK: ['DK13585628'],
  EE: ['EE100931558'],
  GR: ['EL094259216'],
  ES: ['ES54362315K', 'ESX2482300W', 'ESJ99216582'],
  FI: ['FI20774740'],
  FR: ['FR40303265045', 'FR23334175221', 'FRK7399859412', 'FR4Z123456782'],
  HR: ['HR33392005961'],
  HU: ['HU12892312'],
  IE: ['IE6433435F', 'IE8D79739I', 'IE6433435OA'],
  IT: ['IT00743110157'],
  LT: ['LT119511515', 'LT100001919017', 'LT100004801610'],
  LU: ['LU15027442'],
  LV: ['LV40003521600', 'LV16117519997'],
  MT: ['MT11679112'],
  NL: ['NL004495445B01', 'NL002455799B11'],
  PL: ['PL8567346215'],
  PT: ['PT501964843'],
  RO: ['RO18547290'],
  SE: ['SE556188840401'],
  SI: ['SI50223054'],
  SK: ['SK2022749619'],
  GB: ['GB980780684', 'GB980780684001', 'GBGD001', 'GBHA500', 'XI980780684'],
  CH: ['CHE107787577IVA', 'CHE107787577MWST'],
  NO: ['NO988077917MVA'],
};

describe('a VAT number', () => {
  it.each(Object.entries(valid).flatMap(([country, ids]) => ids.map((vatId) => [vatId, country])))(
    '%s is of %s',
    (vatId, country) => {
      expect(readVatId(vatId)).toEqual({ country, vatId });
    },
  );

  it('may be written with spaces, signs and small letters', () => {
    expect(readVatId(' che-107.787.577 iva ')?.vatId).toBe('CHE107787577IVA');
    expect(readVatId('be 0403.019.261')).toEqual({ country: 'BE', vatId: 'BE0403019261' });
  });

  /** Formulas that fold two remainders into one digit let one in ten through, by chance. */
  it.each(Object.entries(valid))('of %s is refused where one digit is another', (country, ids) => {
    const [vatId = ''] = ids;
    const changed = Array.from(vatId).flatMap((character, i) =>
      /\d/.test(character)
        ? Array.from('0123456789')
            .filter((digit) => digit !== character)
            .map((digit) => vatId.slice(0, i) + digit + vatId.slice(i + 1))
        : [],
    );
    const taken = changed.filter((one) => readVatId(one) !== undefined);
    // Sweden's and the Netherlands' last two digits count branches.
    const branches = ['SE', 'NL'].includes(country) ? 18 : 0;
    expect(taken.length).toBeLessThanOrEqual(branches + changed.length * 0.12);
  });

  it('of a new Belgian company begins with 1, and of a Dutch sole trader is checked with its letters', () => {
    const belgian = '10000000';
    expect(readVatId(`BE${belgian}${97 - (Number(belgian) % 97)}`)).toBeDefined();
    const dutch = Array.from({ length: 97 }, (_, i) => `NL123456789B${String(i + 1).padStart(2, '0')}`);
    expect(dutch.filter((vatId) => readVatId(vatId))).toHaveLength(1);
  });

  it.each([
    '',
    'DE',
    'DE13669597',
    'DE1366959760',
    'DE136695977',
    'ATU1358562',
    'AT13585627',
    'US123456789',
    'GR094259216',
    'IT00000000000',
    'CHE107787577',
    'NO988077917',
    'ESO1234567L',
    '__proto__',
    'constructor',
    'DE１３６６９５９７６',
  ])('is not %j', (text) => {
    expect(readVatId(text)).toBeUndefined();
  });
});
