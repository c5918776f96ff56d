/** The sums that the check digits of tax numbers are made of. Each takes digits alone. */
export const digitsOf = (text: string): readonly number[] => Array.from(text, Number);

/** Σ digit × weight, as far as there are weights. */
export const weighted = (text: string, weights: readonly number[]): number =>
  weights.reduce((sum, weight, i) => sum + weight * Number(text[i] ?? 0), 0);

/** Digits at every second place from the right count twice (ISO/IEC 7812-1). */
export const luhn = (text: string): boolean =>
  digitsOf(text)
    .toReversed()
    .reduce((sum, digit, i) => sum + (i % 2 === 0 ? digit : digit * 2 - (digit > 4 ? 9 : 0)), 0) %
    10 ===
  0;

/** ISO/IEC 7064, MOD 11,10. */
export const mod11And10 = (text: string): boolean =>
  digitsOf(text).reduce((check, digit) => ((((check || 10) * 2) % 11) + digit) % 10, 5) === 1;

/** ISO/IEC 7064, MOD 97-10; letters count as 10 to 35. */
export function mod97(text: string): number {
  const digits = Array.from(text, (character) => String(parseInt(character, 36))).join('');
  return digitsOf(digits).reduce((rest, digit) => (rest * 10 + digit) % 97, 0);
}
