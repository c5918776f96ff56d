import { taxRows, type TaxRow } from './tax-rows';

/**
 * Canada: canada.ca, "Charge and collect the tax – Which rate to charge"; CRA Notice 342 for Nova Scotia; millerthomson.com for Saskatchewan's
 * tax on admission. British Columbia's PST and Manitoba's RST do not name admission among the services that they tax; what Winnipeg and
 * other cities levy is not known here.
 */
const canada: readonly TaxRow[] = [
  ...['AB', 'BC', 'MB', 'NT', 'NU', 'QC', 'SK', 'YT'].flatMap((province) =>
    taxRows(`CA-${province}`, 'GST', { '2008-01-01': 5 }),
  ),
  ...taxRows('CA-SK', 'PST', { '2022-10-01': 6 }),
  ...taxRows('CA-QC', 'QST', { '2013-01-01': 9.975 }),
  ...taxRows('CA-ON', 'HST', { '2010-07-01': 13 }),
  ...taxRows('CA-NB', 'HST', { '2016-07-01': 15 }),
  ...taxRows('CA-NL', 'HST', { '2016-07-01': 15 }),
  ...taxRows('CA-PE', 'HST', { '2016-10-01': 15 }),
  ...taxRows('CA-NS', 'HST', { '2010-07-01': 15, '2025-04-01': 14 }),
];

/**
 * As of January 2026: ato.gov.au, ird.govt.nz, iras.gov.sg and nta.go.jp for one rate each. India, where the event is in the seller's state:
 * half is the Union's, half the state's; tickets up to 500 rupees are exempt (notification of 2018-01-25), matches of the IPL bear 40 %.
 *
 * The United States are not here: whether admission is taxed, and how, differs by state, county and city. Nor is Brazil: ICMS falls on goods,
 * and admission bears the ISS of its municipality, 2 % to 5 % (Lei Complementar 116/2003, list item 12, Art. 8 and 8-A). Who sells there names
 * their rate in TAX_RATES.
 */
export const ratesOverseas: readonly TaxRow[] = [
  ...canada,
  ...taxRows('AU', 'GST', { '2000-07-01': 10 }),
  ...taxRows('NZ', 'GST', { '2010-10-01': 15 }),
  ...taxRows('SG', 'GST', { '2007-07-01': 7, '2023-01-01': 8, '2024-01-01': 9 }),
  ...taxRows('JP', '消費税', { '2014-04-01': 8, '2019-10-01': 10 }),
  ...taxRows('IN', 'CGST', { '2017-07-01': 9 }),
  ...taxRows('IN', 'SGST', { '2017-07-01': 9 }),
];
