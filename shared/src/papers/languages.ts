/** What papers are printed in, and where a language is asked for without a country. */
const regions = {
  en: 'en-GB',
  de: 'de-DE',
  ja: 'ja-JP',
  ar: 'ar-AE',
  fr: 'fr-FR',
  es: 'es-ES',
  it: 'it-IT',
  pt: 'pt-PT',
} as const;
export type Language = keyof typeof regions;

const subtagOf = (locale: string): string => locale.split('-')[0] ?? '';
const isKnown = (language: string): language is Language => Object.hasOwn(regions, language);

/** English where no paper is printed in that language. */
export function languageOf(locale: string): Language {
  const language = subtagOf(locale);
  return isKnown(language) ? language : 'en';
}

/** The paper is set from right to left. */
export const runsToTheLeft = (locale: string): boolean => languageOf(locale) === 'ar';

/**
 * The locale that a paper is printed in: the first that is wanted and whose language is known here. `wanted` are BCP 47 tags in order of
 * preference; where one names no country, that of another wanted in the same language stands in.
 */
export function localeOf(...wanted: readonly (string | undefined)[]): string {
  const known = wanted.flatMap(canonical).filter((locale) => isKnown(subtagOf(locale)));
  const [first] = known;
  if (first === undefined) return regions.en;
  if (first.includes('-')) return first;
  return known.find((other) => other.startsWith(`${first}-`)) ?? regions[languageOf(first)];
}

/** Nothing where it is no tag at all. */
function canonical(tag: string | undefined): readonly string[] {
  if (tag === undefined) return [];
  try {
    return Intl.getCanonicalLocales(tag);
  } catch {
    return [];
  }
}
