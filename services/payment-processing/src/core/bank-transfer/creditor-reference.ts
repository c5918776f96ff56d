import { remainder97 } from './check-digits';

const length = 12;
const pattern = new RegExp(`RF\\d{2}[0-9A-Z]{${length}}`, 'g');

/** The structured creditor reference of a payment (ISO 11649): `RF`, two check digits, and the part of its id that chance made. */
export function referenceOf(paymentId: string): string {
  const body = paymentId.slice(-length).toUpperCase();
  const check = 98 - remainder97(`${body}RF00`);
  return `RF${String(check).padStart(2, '0')}${body}`;
}

/** In groups of four, as people type it. */
export const spelt = (reference: string): string => reference.replace(/(.{4})(?=.)/g, '$1 ');

/**
 * The references of ours in what a payer wrote, whatever stands around and between: spaces, hyphens, small letters, other words. An
 * `O` that was meant as a zero is read as one, for ours have neither `O` nor `I` nor `L`. One with a digit wrong is none.
 */
export function referencesIn(remittance: string): readonly string[] {
  const text = remittance.toUpperCase().replaceAll(/[^0-9A-Z]/g, '');
  const found = new Set<string>();
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const body = match[0].slice(4).replaceAll('O', '0').replaceAll(/[IL]/g, '1');
    const reference = match[0].slice(0, 4) + body;
    if (remainder97(body + reference.slice(0, 4)) === 1) found.add(reference);
    pattern.lastIndex = match.index + 1; // another may begin within what only looked like one
  }
  return [...found];
}
