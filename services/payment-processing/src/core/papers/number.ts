import { sellerMark, type IssuedPaper } from '@boxoffice/shared/contracts';

/** What numbers begin with. Another prefix is another series, from 1. */
export interface PaperPrefixes {
  readonly invoice: string;
  readonly creditNote: string;
}
export const usualPrefixes: PaperPrefixes = { invoice: 'INV-', creditNote: 'CN-' };

/** As it may stand in the path of an address and in the name of a file. */
export function prefix(text: string): string {
  if (!/^[A-Za-z0-9-]{1,20}$/.test(text)) throw new Error('at most 20 letters, digits and hyphens');
  return text;
}

/** `INV-7Q2K4M1A`: one series an organiser and seller. */
export const seriesOf = (begins: string, organizerId: string, seller: IssuedPaper['seller']): string =>
  begins + sellerMark(organizerId, seller);

/** `INV-7Q2K4M1A-000123` */
export const numberIn = (series: string, count: number): string =>
  `${series}-${String(count).padStart(6, '0')}`;
