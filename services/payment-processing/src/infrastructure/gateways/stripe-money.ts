import { isCurrency, minorDigits, type Money } from '@boxoffice/shared/kernel';
import { GatewayRefused } from '../../core/gateway';
import { UnreadableAnswer } from './answer';

// Source: docs.stripe.com/currencies. ISK and UGX have no decimals any more, and Stripe still counts them in hundredths.
const withoutDecimals = 'BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF'.split(' ');
const withThreeDecimals = 'BHD JOD KWD OMR TND'.split(' ');

/** Digits after the point as Stripe counts them: for some currencies more than we do. */
const stripeDigits = (currency: string): number =>
  withoutDecimals.includes(currency) ? 0 : withThreeDecimals.includes(currency) ? 3 : 2;

/** An amount in Stripe's units. Throws GatewayRefused where Stripe can't take it to the last digit. */
export function toStripe({ amountMinor, currency }: Money): { amount: number; currency: string } {
  const amount = amountMinor * 10 ** (stripeDigits(currency) - minorDigits(currency));
  // Its partners settle currencies of three decimals in two: the last digit must be 0.
  const isTaken = Number.isSafeInteger(amount) && (stripeDigits(currency) < 3 || amount % 10 === 0);
  if (!isTaken) throw new GatewayRefused(`Stripe can't take ${amountMinor} ${currency} to the last digit`);
  return { amount, currency: currency.toLowerCase() };
}

export function fromStripe(amount: unknown, lowerCase: unknown): Money {
  const currency = typeof lowerCase === 'string' ? lowerCase.toUpperCase() : '';
  if (!isCurrency(currency) || !Number.isSafeInteger(amount)) throw new UnreadableAnswer('amount');
  const amountMinor = (amount as number) * 10 ** (minorDigits(currency) - stripeDigits(currency));
  if (!Number.isSafeInteger(amountMinor)) throw new UnreadableAnswer('amount');
  return { amountMinor, currency };
}
