import type { IssuedPaper } from '@boxoffice/shared/contracts';
import type { Instant } from '@boxoffice/shared/kernel';
import type { Order } from '../order';
import { invoiceFacts } from './invoice-facts';
import { numberIn, seriesOf } from './number';
import type { PaperBook, PaperRules } from './paper-book';

/** Issues an order's invoice, which is its receipt too: in the commit in which its tickets become the buyer's, and once. */
export async function issueInvoice(
  book: PaperBook,
  order: Order,
  rules: PaperRules,
  now: Instant,
): Promise<IssuedPaper> {
  const [earlier] = await book.papersOf(order.orderId);
  if (earlier) return earlier;
  const { event } = order;
  const house = await book.houseOf(event.eventId);
  const seller = house.seller ?? { name: rules.seller };
  const series = seriesOf(rules.prefixes.invoice, event.organizerId, seller);
  const facts = invoiceFacts(order, { ...house, seller }, now);
  const paper = { ...facts, number: numberIn(series, await book.nextNumber(series)) };
  await book.add(paper, 'sale');
  return paper;
}
