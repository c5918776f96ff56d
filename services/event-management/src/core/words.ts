const segments = new Intl.Segmenter('und', { granularity: 'word' });
const longest = 24;

/** Text as search sees it: without case, accents and width. */
export const folded = (text: string): string =>
  text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('ß', 'ss').normalize('NFC').trim();

/** The different words of a text, folded. */
export function wordsOf(text: string): readonly string[] {
  const words = new Set<string>();
  for (const { segment, isWordLike } of segments.segment(folded(text))) {
    if (isWordLike === true) words.add(Array.from(segment).slice(0, longest).join(''));
  }
  return [...words];
}

/** Every beginning of every word: what someone may have typed of it so far. */
export function beginningsOf(text: string): readonly string[] {
  const beginnings = new Set<string>();
  for (const word of wordsOf(text)) {
    const letters = Array.from(word);
    // One letter finds everything, so it is no search, unless the word has no more.
    for (let length = Math.min(2, letters.length); length <= letters.length; length++)
      beginnings.add(letters.slice(0, length).join(''));
  }
  return [...beginnings];
}
