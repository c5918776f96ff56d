/**
 * Shares an amount out in proportion to `parts`, to the minor unit: the shares sum to it, and none exceeds its part (Hare's method of largest
 * remainders). `amount` is at most the sum of the parts; all are whole and not below zero.
 */
export function shareOut(amount: number, parts: readonly number[]): readonly number[] {
  const sum = parts.reduce((total, part) => total + part, 0);
  if (sum === 0) return parts;
  // The product of two amounts leaves what a JavaScript number holds exactly.
  const exact = parts.map((part) => BigInt(part) * BigInt(amount));
  const shares = exact.map((product) => Number(product / BigInt(sum)));
  const byRemainder = exact
    .map((product, index) => ({ index, remainder: product % BigInt(sum) }))
    .sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder < b.remainder ? 1 : -1));
  const left = amount - shares.reduce((total, share) => total + share, 0);
  const rounded = new Set(byRemainder.slice(0, left).map(({ index }) => index));
  return shares.map((share, index) => (rounded.has(index) ? share + 1 : share));
}
