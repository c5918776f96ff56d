import { minorDigits, type Money } from '@boxoffice/shared/kernel';
import { amount, UnreadableAnswer } from './answer';

/** `{ 9600, EUR }` → `96.00`, exactly: no floating point. */
export function toDecimal({ amountMinor, currency }: Money): string {
  const places = minorDigits(currency);
  const digits = String(amountMinor).padStart(places + 1, '0');
  return places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

/** `96`, `96.0` or `-96.00` of EUR → `{ 9600, EUR }` and so on. Throws UnreadableAnswer for a part of a minor unit. */
export function fromDecimal(value: unknown, currency: unknown): Money {
  const [, sign, whole, fraction = ''] = /^(-?)(\d{1,15})(?:\.(\d{1,8}))?$/.exec(String(value)) ?? [];
  const { currency: known } = amount(0, currency);
  const places = minorDigits(known);
  if (whole === undefined || /[^0]/.test(fraction.slice(places))) throw new UnreadableAnswer('amount');
  const amountMinor = Number(whole + fraction.slice(0, places).padEnd(places, '0'));
  return amount(sign === '-' && amountMinor > 0 ? -amountMinor : amountMinor, known);
}
