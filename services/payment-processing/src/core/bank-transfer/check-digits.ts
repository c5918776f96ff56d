/** ISO 7064 mod 97-10 over letters and digits, `A` being 10: the remainder is 1 for what is right with its check digits at the end. */
export function remainder97(text: string): number {
  let rest = 0;
  for (const character of text) {
    const value = Number.parseInt(character, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest;
}
