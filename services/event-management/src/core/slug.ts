/** Letters that Unicode doesn't take apart into a plain one and its marks. */
const plain: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ð: 'd',
  þ: 'th',
  đ: 'd',
  ħ: 'h',
  ı: 'i',
  ł: 'l',
  ŋ: 'n',
  ŧ: 't',
};

const longestTitlePart = 60;

/** `Night of the Proms` → `night-of-the-proms`; `event` where no Latin letter or digit is left. */
export function slugFrom(title: string): string {
  const letters = title.normalize('NFKD').toLowerCase().replace(/\p{M}/gu, '');
  const words =
    Array.from(letters, (letter) => plain[letter] ?? letter)
      .join('')
      .match(/[a-z0-9]+/g) ?? [];
  let slug = '';
  for (const word of words) {
    const longer = slug === '' ? word.slice(0, longestTitlePart) : `${slug}-${word}`;
    if (longer.length > longestTitlePart) break;
    slug = longer;
  }
  return slug === '' ? 'event' : slug;
}

/** The addresses to try for an event, one after the other: few events share a title and the end of their ids. */
export const slugsFor = (title: string, eventId: string): readonly [string, string] => {
  const slug = slugFrom(title);
  // The last characters of an id count up within a millisecond, so these differ for events made together.
  return [
    `${slug}-${eventId.slice(-6)}`,
    `${slug.slice(0, longestTitlePart - 20)}-${eventId}`.replace('--', '-'),
  ];
};
