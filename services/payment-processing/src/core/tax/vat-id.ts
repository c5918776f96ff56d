import { checks } from './vat-id-checks';

export interface VatId {
  /** ISO 3166-1 alpha-2 of where it is registered: of `EL…` Greece, of `XI…` the United Kingdom. */
  readonly country: string;
  /** Without spaces and signs: `DE136695976`. */
  readonly vatId: string;
}

/** Where the number begins with other letters than the country's. */
const countries: Readonly<Record<string, string>> = { EL: 'GR', XI: 'GB' };

/**
 * The VAT number of the European Union, the United Kingdom, Switzerland or Norway that this is, by its form and its check digits; undefined
 * where it is none. Whether it was ever given to anybody, only the authorities know.
 */
export function readVatId(text: string): VatId | undefined {
  const vatId = withoutSigns(text);
  const prefix = prefixOf(vatId);
  const number = vatId.slice(prefix.length);
  const check = Object.hasOwn(checks, prefix) ? checks[prefix] : undefined;
  if (!check?.form.test(number) || !check.holds(number)) return undefined;
  return { country: prefix === 'CHE' ? 'CH' : (countries[prefix] ?? prefix), vatId };
}

/** Whether it begins as such a number does, so that it can be told right from wrong. */
export const isOfKnownForm = (text: string): boolean => Object.hasOwn(checks, prefixOf(withoutSigns(text)));

const withoutSigns = (text: string): string => text.replace(/[\s.\-/·]/g, '').toUpperCase();
const prefixOf = (vatId: string): string => (vatId.startsWith('CHE') ? 'CHE' : vatId.slice(0, 2));
