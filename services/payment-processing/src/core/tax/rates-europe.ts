import { taxRows, type TaxRow } from './tax-rows';

/**
 * The European Union, as of January 2026. Standard rates: European Commission, "VAT rates applied in the Member States", with the changes since as
 * announced by the finance ministries. Second comes what admission to cultural events bears (category 7 of Annex III of Directive 2006/112/EC):
 * the source stands with those rows that we could read it for in 2026; the others are those laws as they were commonly published in 2025. Who
 * sells there checks the row, and sets it right with TAX_RATES where an event is of another kind.
 */
export const ratesOfTheUnion: readonly TaxRow[] = [
  // § 10 (3) UStG: 13 %, and 5 % in the pandemic. marosavat.com, "Austrian reduced VAT rates"; crossbordervat.com.
  ...taxRows('AT', 'USt.', { '1984-01-01': 20 }, { '2016-05-01': 13, '2020-07-01': 5, '2022-01-01': 13 }),
  // Since March 2026 12 % for concerts, festivals and cinema; theatre, opera, classical music, dance and circus stayed at 6 %: vatupdate.com, 2026-01-29.
  ...taxRows('BE', 'BTW/TVA', { '1996-01-01': 21 }, { '2000-01-01': 6, '2026-03-01': 12 }),
  ...taxRows('BG', 'ДДС', { '1999-01-01': 20 }),
  ...taxRows('CY', 'ΦΠΑ', { '2014-01-13': 19 }, { '2014-01-13': 5 }),
  ...taxRows('CZ', 'DPH', { '2013-01-01': 21 }, { '2020-05-01': 10, '2024-01-01': 12 }),
  // § 12 (2) 7 a UStG; § 28 (1) to (3): both were lower in the second half of 2020.
  ...taxRows(
    'DE',
    'USt.',
    { '2007-01-01': 19, '2020-07-01': 16, '2021-01-01': 19 },
    { '2007-01-01': 7, '2020-07-01': 5, '2021-01-01': 7 },
  ),
  ...taxRows('DK', 'Moms', { '1992-01-01': 25 }),
  ...taxRows('EE', 'KM', { '2009-07-01': 20, '2024-01-01': 22, '2025-07-01': 24 }),
  ...taxRows('ES', 'IVA', { '2012-09-01': 21 }, { '2017-06-29': 10 }),
  // The Canary Islands have a tax of their own.
  ...taxRows('ES-CN', 'IGIC', { '2020-01-01': 7 }),
  // vatapi.com and vatupdate.com, January 2026.
  ...taxRows(
    'FI',
    'ALV',
    { '2013-01-01': 24, '2024-09-01': 25.5 },
    { '2013-01-01': 10, '2025-01-01': 14, '2026-01-01': 13.5 },
  ),
  // The first 140 performances of a new piece bear 2.1 %, shows with drinks 20 %.
  ...taxRows('FR', 'TVA', { '2014-01-01': 20 }, { '2014-01-01': 5.5 }),
  // Theatre, and concerts since 2020: economywatch.gr, December 2019; rydoo.com.
  ...taxRows('GR', 'ΦΠΑ', { '2016-06-01': 24 }, { '2020-01-01': 6 }),
  // crowe.com, "Croatia to cut VAT rates".
  ...taxRows('HR', 'PDV', { '2012-03-01': 25 }, { '2022-04-01': 5 }),
  // 18 % is for some concerts in the open air alone: avalara.com, December 2025.
  ...taxRows('HU', 'ÁFA', { '2012-01-01': 27 }),
  // Live performances without food or drink are exempt; dances bear the standard rate: Dáil, answers of 2021-09-21 and 2024-07-09.
  ...taxRows(
    'IE',
    'VAT',
    { '2012-01-01': 23, '2020-09-01': 21, '2021-03-01': 23 },
    { '2019-01-01': 13.5, '2020-11-01': 9, '2023-09-01': 13.5 },
  ),
  ...taxRows('IT', 'IVA', { '2013-10-01': 22 }, { '2013-10-01': 10 }),
  // Law XV-287: sovos.com, "Lithuania removes 9% reduced VAT rate".
  ...taxRows('LT', 'PVM', { '2009-09-01': 21 }, { '2023-01-01': 9, '2026-01-01': 12 }),
  ...taxRows('LU', 'TVA', { '2015-01-01': 17, '2023-01-01': 16, '2024-01-01': 17 }, { '2015-01-01': 3 }),
  ...taxRows('LV', 'PVN', { '2012-07-01': 21 }),
  // Not cinemas: vatupdate.com, "admission to museums".
  ...taxRows('MT', 'VAT', { '2004-01-01': 18 }, { '2011-01-01': 5 }),
  ...taxRows('NL', 'BTW', { '2012-10-01': 21 }, { '2012-07-01': 6, '2019-01-01': 9 }),
  ...taxRows('PL', 'VAT', { '2011-01-01': 23 }, { '2011-01-01': 8 }),
  ...taxRows('PT', 'IVA', { '2011-01-01': 23 }, { '2019-01-01': 6 }),
  ...taxRows('PT-20', 'IVA', { '2021-07-01': 16 }, { '2021-07-01': 4 }),
  ...taxRows('PT-30', 'IVA', { '2012-04-01': 22 }, { '2019-01-01': 5, '2024-10-01': 4 }),
  // Museums, castles and monuments: bakermckenzie.com; before, cultural events: avalara.com.
  ...taxRows('RO', 'TVA', { '2017-01-01': 19, '2025-08-01': 21 }, { '2017-01-01': 5, '2025-08-01': 11 }),
  ...taxRows('SE', 'Moms', { '1990-07-01': 25 }, { '1997-01-01': 6 }),
  ...taxRows('SI', 'DDV', { '2013-07-01': 22 }, { '2013-07-01': 9.5 }),
  // Admission to cultural events bears the standard rate: marosavat.com, 2025.
  ...taxRows('SK', 'DPH', { '2011-01-01': 20, '2025-01-01': 23 }),
];

/** Beside the Union, as of January 2026: gov.uk, "VAT rates"; skatteetaten.no, "VAT rates for museums …"; Art. 25 MWSTG. */
export const ratesBesideTheUnion: readonly TaxRow[] = [
  // In the pandemic for admission; some charities and public bodies are exempt.
  ...taxRows('GB', 'VAT', { '2011-01-04': 20 }, { '2020-07-15': 5, '2021-10-01': 12.5, '2022-04-01': 0 }),
  // Museums, cinema, amusement parks, sport; concerts and stage performances are exempt (§ 3-7 merverdiavgiftsloven).
  ...taxRows('NO', 'MVA', { '2005-01-01': 25 }, { '2018-01-01': 12, '2020-04-01': 6, '2021-10-01': 12 }),
  // Admission to culture is exempt unless the seller opts to be taxed: then at the reduced rate.
  ...taxRows(
    'CH',
    'MWST',
    { '2018-01-01': 7.7, '2024-01-01': 8.1 },
    { '2018-01-01': 2.5, '2024-01-01': 2.6 },
  ),
];

/** Whose businesses owe the tax on what is sold to them from elsewhere (Articles 44 and 196 of Directive 2006/112/EC). */
export const unionCountries: ReadonlySet<string> = new Set(ratesOfTheUnion.map(({ country }) => country));
