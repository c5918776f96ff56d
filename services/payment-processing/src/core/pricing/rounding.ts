/**
 * Amounts are whole minor units, zero or more; products are BigInt, for an amount times a rate leaves what a number counts exactly.
 *
 * The rule: what is a fraction of an amount is rounded once, over the order, half up; what lines bear of it is then apportioned
 * by largest remainder. So lines sum to the total, and no line is rounded by itself.
 */

/** Rates are kept to a thousandth of a hundredth of a per cent, so that Quebec's 9.975 % is a whole number too. */
const ratesInABasisPoint = 1000;
export const oneWhole = 10_000 * ratesInABasisPoint;
export const rateOf = (basisPoints: number): number => Math.round(basisPoints * ratesInABasisPoint);

/** `amount` × `numerator` ÷ `denominator`, half up. */
export function portion(amount: number, numerator: number, denominator: number): number {
  const divisor = BigInt(denominator);
  return Number((2n * BigInt(amount) * BigInt(numerator) + divisor) / (2n * divisor));
}

/**
 * `total` in shares as `weights` are, which sum to it: each rounded down, and what is left by one minor unit each to those that lost most,
 * the first of equals first. Nobody's share is more than their weight where the total is not more than all weights.
 */
export function apportion(total: number, weights: readonly number[]): readonly number[] {
  const whole = sum(weights);
  if (whole === 0) {
    if (total !== 0) throw new RangeError(`nobody bears the ${total} that are to be apportioned`);
    return weights;
  }
  const shares = weights.map((weight, place) => {
    const product = BigInt(total) * BigInt(weight);
    return { place, share: Number(product / BigInt(whole)), lost: Number(product % BigInt(whole)) };
  });
  const left = total - sum(shares.map(({ share }) => share));
  const raised = new Set(
    [...shares]
      .sort((a, b) => b.lost - a.lost || a.place - b.place)
      .slice(0, left)
      .map(({ place }) => place),
  );
  return shares.map(({ place, share }) => (raised.has(place) ? share + 1 : share));
}

export const sum = (amounts: readonly number[]): number => amounts.reduce((total, one) => total + one, 0);
