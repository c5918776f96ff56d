import type { IssuedPaper } from '../contracts';
import type { SaleFacts } from './facts';
import { openPaper, sheet, type Paper } from './paper';
import { drawLines } from './sale-lines';
import { foot, isolated, label, left, width, type SaleSheet } from './sale-sheet';
import { drawSums } from './sale-sums';
import { dayAt, whenAtVenue } from './when';
import { localeOf, runsToTheLeft } from './languages';
import { fill, wordsOf, type SaleWords } from './words';

/** A receipt, an invoice or a credit note as PDF, A4, on as many pages as it needs. The same facts give the same bytes. */
export async function salePaper({ paper: facts, as, locale: wanted }: SaleFacts): Promise<Uint8Array> {
  const locale = localeOf(wanted, facts.locale);
  const words = wordsOf(locale).sale;
  const heading = { receipt: words.receipt, invoice: words.invoice, 'credit-note': words.creditNote }[as];
  const paper = await openPaper({
    title: `${heading} ${facts.number}`,
    at: facts.issuedAt,
    locale,
    mirrored: runsToTheLeft(locale),
  });
  const pages = numbered(paper, words, facts.number, locale);
  const page: SaleSheet = { paper, facts, words, locale };
  pages();
  const y = drawHeading(page, heading);
  drawSums(page, drawLines(page, y, pages), pages);
  return paper.end();
}

/** Begins the next page; each after the first says which it is, and of what. */
function numbered(paper: Paper, words: SaleWords, number: string, locale: string): () => void {
  let pages = 0;
  return () => {
    pages += 1;
    paper.page();
    if (pages === 1) return;
    const page = fill(words.page, { page: new Intl.NumberFormat(locale).format(pages) });
    paper.text(left, foot + 16, number, { size: 8, colour: '#555', width: width / 2 });
    paper.text(left + width / 2, foot + 16, page, {
      size: 8,
      colour: '#555',
      width: width / 2,
      align: 'right',
    });
  };
}

function drawHeading({ paper, facts, words, locale }: SaleSheet, heading: string): number {
  const { seller, buyer, event, corrects } = facts;
  const date = (at: IssuedPaper['issuedAt']): string => dayAt(at, event.timeZone, locale);
  const half = width / 2 - 12;
  const middle = left + width / 2;
  const block = (x: number, top: number, name: string, ...lines: readonly (string | undefined)[]): number => {
    let next = paper.text(x, top, name, { ...label, width: half }) + 1;
    for (const line of lines)
      if (line) next = paper.text(x, next, line, { size: 10, width: half, maxLines: 3 });
    return next + 14;
  };
  const vat = (id: string | undefined) => id && fill(words.vatId, { id: isolated(id) });

  let y = paper.text(left, sheet.margin + 8, heading, { size: 26, weight: 'bold', width }) + 14;
  y = Math.max(
    block(left, y, words.number, facts.number),
    block(middle, y, words.date, date(facts.issuedAt)),
  );
  y = Math.max(
    block(left, y, words.seller, seller.name, seller.address, vat(seller.vatId)),
    block(middle, y, words.buyer, buyer.company, buyer.name, buyer.email, buyer.country, vat(buyer.vatId)),
  );
  const { date: day, time } = whenAtVenue(event, locale);
  y = Math.max(
    block(left, y, words.event, event.title, day, time, event.venueName, event.venueAddress),
    block(middle, y, words.order, facts.orderId),
  );
  if (!corrects) return y + 6;
  const sentence = fill(words.corrects, {
    number: isolated(corrects.number),
    date: isolated(date(corrects.issuedAt)),
  });
  return paper.text(left, y, sentence, { size: 10, width, maxLines: 2 }) + 18;
}
