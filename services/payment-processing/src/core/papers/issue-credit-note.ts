import type { IssuedPaper } from '@boxoffice/shared/contracts';
import type { Instant } from '@boxoffice/shared/kernel';
import type { Order } from '../order';
import type { Refund } from '../refund';
import { creditFacts } from './credit-facts';
import { numberIn, seriesOf } from './number';
import type { PaperBook, PaperRules } from './paper-book';

/**
 * Issues the credit note of a refund, in the commit in which it succeeds, and once. None where nothing was invoiced, or where the money paid for
 * nothing: a payment that came twice corrects no sale.
 */
export async function issueCreditNote(
  book: PaperBook,
  order: Order,
  refund: Pick<Refund, 'refundId' | 'paymentId' | 'amount'>,
  rules: PaperRules,
  now: Instant,
): Promise<IssuedPaper | undefined> {
  if (refund.paymentId !== order.paymentId) return undefined;
  const [invoice, ...earlier] = await book.papersOf(order.orderId);
  const facts = invoice && creditFacts(invoice, earlier, refund.amount, now);
  if (!facts) return undefined;
  const series = seriesOf(rules.prefixes.creditNote, order.event.organizerId, facts.seller);
  const paper = { ...facts, number: numberIn(series, await book.nextNumber(series)) };
  await book.add(paper, refund.refundId);
  return paper;
}
