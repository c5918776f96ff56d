import type { IssuedPaper } from '@boxoffice/shared/contracts';
import type { Instant, Money } from '@boxoffice/shared/kernel';
import type { Order } from '../order';
import { creditFacts } from './credit-facts';
import { numberIn, seriesOf } from './number';
import type { PaperBook, PaperRules } from './paper-book';

export interface Credited {
  /** The refund's id, or `called-off`. */
  readonly cause: string;
  /** What the money was paid with; undefined where nothing was paid at a gateway. */
  readonly paymentId: string | undefined;
  /** Through the gateway, and back to gift cards. */
  readonly amount: Money;
  readonly toCards: Money;
}

/**
 * Issues the credit note over what goes back, in the commit in which it does, and once. None where nothing was invoiced, or where the money paid for
 * nothing: a payment that came twice corrects no sale.
 */
export async function issueCreditNote(
  book: PaperBook,
  order: Order,
  { cause, paymentId, amount, toCards }: Credited,
  rules: PaperRules,
  now: Instant,
): Promise<IssuedPaper | undefined> {
  if (paymentId !== order.paymentId) return undefined;
  const [invoice, ...earlier] = await book.papersOf(order.orderId);
  const facts = invoice && creditFacts(invoice, earlier, { amount, toCards }, now);
  if (!facts) return undefined;
  const series = seriesOf(rules.prefixes.creditNote, order.event.organizerId, facts.seller);
  const paper = { ...facts, number: numberIn(series, await book.nextNumber(series)) };
  await book.add(paper, cause);
  return paper;
}
