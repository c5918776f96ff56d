import { isCurrency, minorDigits, type Money } from '@boxoffice/shared/kernel';
import { GatewayRefused } from '../../core/gateway';
import { UnreadableAnswer } from './answer';

/** Source: developer.paypal.com/api/rest/reference/currency-codes. CNY and BRL, MYR are for accounts of those countries alone. */
export const paypalCurrencies =
  'AUD BRL CAD CHF CNY CZK DKK EUR GBP HKD HUF ILS JPY MXN MYR NOK NZD PHP PLN SEK SGD THB TWD USD'.split(
    ' ',
  );
const withoutDecimals = ['HUF', 'JPY', 'TWD'];
const paypalDigits = (currency: string): number => (withoutDecimals.includes(currency) ? 0 : 2);

/** `9600 EUR` → `96.00`. Throws GatewayRefused where PayPal can't take it to the last digit. */
export function toPayPal({ amountMinor, currency }: Money): { currencyCode: string; value: string } {
  const digits = paypalDigits(currency);
  const units = amountMinor * 10 ** (digits - minorDigits(currency));
  if (!Number.isSafeInteger(units) || units <= 0)
    throw new GatewayRefused(`PayPal can't take ${amountMinor} ${currency} to the last digit`);
  const text = String(units).padStart(digits + 1, '0');
  const value = digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
  return { currencyCode: currency, value };
}

/** `-96.00` → 9600: whichever way it went. */
export function fromPayPal(value: unknown, currency: unknown): Money {
  const [, whole, fraction = ''] = /^-?(\d{1,12})(?:\.(\d{1,3}))?$/.exec(String(value)) ?? [];
  if (whole === undefined || typeof currency !== 'string' || !isCurrency(currency))
    throw new UnreadableAnswer('amount');
  const digits = minorDigits(currency);
  if (/[1-9]/.test(fraction.slice(digits))) throw new UnreadableAnswer('amount');
  return { amountMinor: Number(whole + fraction.slice(0, digits).padEnd(digits, '0')), currency };
}
