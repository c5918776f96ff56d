/** An amount in minor units (cents, or yen, or fils) of an ISO 4217 currency. */
export interface Money {
  readonly amountMinor: number;
  readonly currency: string;
}

export function money(amountMinor: number, currency: string): Money {
  if (!Number.isSafeInteger(amountMinor))
    throw new RangeError(`not a whole number of minor units: ${amountMinor}`);
  if (!isCurrency(currency)) throw new RangeError(`not an ISO 4217 currency: ${currency}`);
  return { amountMinor, currency };
}

export const zero = (currency: string): Money => money(0, currency);

export function add(...amounts: readonly [Money, ...Money[]]): Money {
  return amounts.slice(1).reduce((sum, next) => {
    if (sum.currency !== next.currency)
      throw new RangeError(`${sum.currency} and ${next.currency} do not add`);
    return money(sum.amountMinor + next.amountMinor, sum.currency);
  }, amounts[0]);
}

export const times = (price: Money, quantity: number): Money =>
  money(price.amountMinor * quantity, price.currency);
export const negate = (amount: Money): Money =>
  money(amount.amountMinor === 0 ? 0 : -amount.amountMinor, amount.currency);
export const sameMoney = (a: Money, b: Money): boolean =>
  a.amountMinor === b.amountMinor && a.currency === b.currency;

const currencies = new Set(Intl.supportedValuesOf('currency'));
export const isCurrency = (code: string): boolean => currencies.has(code);

const digits = new Map<string, number>();
/** Digits after the point: 2 for EUR, 0 for JPY, 3 for KWD (from the ICU data of the runtime). */
export function minorDigits(currency: string): number {
  let known = digits.get(currency);
  if (known === undefined) {
    known =
      new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ??
      2;
    digits.set(currency, known);
  }
  return known;
}

/** For people: `€30.00`, `¥3,000`. */
export function formatMoney(amount: Money, locale = 'en'): string {
  const places = minorDigits(amount.currency);
  return new Intl.NumberFormat(locale, { style: 'currency', currency: amount.currency }).format(
    amount.amountMinor / 10 ** places,
  );
}
