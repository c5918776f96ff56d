import type { IssuedPaper } from '../contracts';
import { sheet, type Paper } from './paper';
import type { SaleWords } from './words';

/** A paper about a sale while it is drawn. */
export interface SaleSheet {
  readonly paper: Paper;
  readonly facts: IssuedPaper;
  readonly words: SaleWords;
  readonly locale: string;
}

export const left = sheet.margin + 8;
export const right = sheet.width - sheet.margin - 8;
export const width = right - left;
/** Below it there is the number of the page. */
export const foot = sheet.height - sheet.margin - 24;
export const label = { size: 7.5, weight: 'bold', colour: '#555' } as const;

/** Keeps its own direction within a sentence of another (U+2068 and U+2069). */
export const isolated = (text: string): string => `\u2068${text}\u2069`;
