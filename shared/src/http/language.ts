import { IsOptional, IsString, Matches } from 'class-validator';

/** `?lang=ja`: what a paper is to be printed in. */
export class LanguageQuery {
  /** BCP 47. One that no paper is printed in counts as none. */
  @IsOptional()
  @IsString()
  @Matches(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/, { message: '$property must be a language: de, pt-BR' })
  lang?: string;
}

/** What the reader wants, first first: what they ask for, then what their browser says (RFC 9110, 12.5.4). */
export function languagesWanted(
  lang: string | undefined,
  acceptLanguage: string | undefined,
): readonly string[] {
  const accepted = (acceptLanguage ?? '')
    .slice(0, 1000)
    .split(',')
    .map((range) => {
      const [tag = '', ...parameters] = range.split(';').map((part) => part.trim());
      const weight = parameters.find((parameter) => parameter.startsWith('q='));
      return { tag, weight: weight === undefined ? 1 : Number(weight.slice(2)) };
    })
    .filter(({ tag, weight }) => tag !== '' && tag !== '*' && weight > 0)
    .sort((a, b) => b.weight - a.weight);
  return [...(lang === undefined ? [] : [lang]), ...accepted.map(({ tag }) => tag)];
}
