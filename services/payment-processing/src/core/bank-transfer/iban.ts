import { remainder97 } from './check-digits';

/** ISO 13616, spaces left out. Throws where it is none: a digit that is wrong sends money to nobody, or to another. */
export function readIban(text: string): string {
  const iban = text.replaceAll(' ', '').toUpperCase();
  if (!isIban(iban)) throw new Error('is no IBAN: its check digits do not fit');
  return iban;
}

export const isIban = (text: string): boolean =>
  /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(text) && remainder97(text.slice(4) + text.slice(0, 4)) === 1;

/** ISO 9362: bank, country, place, and a branch where it names one. */
export function readBic(text: string): string {
  const bic = text.replaceAll(' ', '').toUpperCase();
  if (!/^[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?$/.test(bic)) throw new Error('is no BIC');
  return bic;
}
