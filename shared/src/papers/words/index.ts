import { languageOf, type Language } from '../languages';
import { ar } from './ar';
import { de } from './de';
import { en } from './en';
import { es } from './es';
import { fr } from './fr';
import { it } from './it';
import { ja } from './ja';
import { pt } from './pt';
import type { Words } from './words';

export { fill } from './fill';
export type { SaleWords, TicketWords } from './words';

const words: Readonly<Record<Language, Words>> = { en, de, ja, ar, fr, es, it, pt };

export const wordsOf = (locale: string): Words => words[languageOf(locale)];
