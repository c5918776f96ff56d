import type { IssuedPaper, SaleTerms } from '@boxoffice/shared/contracts';
import type { PaperPrefixes } from './number';

/** Invoices and credit notes within one commit: what is issued in it is numbered in it. */
export interface PaperBook {
  /** All papers of an order, oldest first. */
  papersOf(orderId: string): Promise<readonly IssuedPaper[]>;
  /** Who sells the event and in which language, as it is announced now. */
  houseOf(eventId: string): Promise<SellingHouse>;
  /** The next whole number of the series, from 1. Whoever asks next waits until this commit has ended, so none is missing and none comes twice. */
  nextNumber(series: string): Promise<number>;
  /** `cause`: `sale`, or the refund's id. A second paper for the same cause fails. */
  add(paper: IssuedPaper, cause: string): Promise<void>;
}

export type SellingHouse = Pick<SaleTerms, 'seller' | 'locale'>;

/** What the operator has to say about papers. */
export interface PaperRules {
  /** Who sells where an event names nobody. */
  readonly seller: string;
  readonly prefixes: PaperPrefixes;
}
export const PaperRules = Symbol('PaperRules');
