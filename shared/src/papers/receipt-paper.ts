import { formatMoney } from '../kernel';
import type { ReceiptFacts } from './facts';
import { openPaper, sheet, type Paper } from './paper';
import { defaultLocale, momentAt, whenAtVenue } from './when';

const left = sheet.margin + 8;
const right = sheet.width - sheet.margin - 8;
const width = right - left;
const columns = { quantity: right - 250, unit: right - 190, total: right - 95, wide: 95 } as const;
const foot = sheet.height - sheet.margin - 40;

/** A receipt as PDF, A4, on as many pages as its lines need. The same facts give the same bytes. */
export async function receiptPaper(facts: ReceiptFacts): Promise<Uint8Array> {
  const locale = facts.locale ?? defaultLocale;
  const paper = await openPaper({ title: `Receipt ${facts.receiptNumber}`, at: facts.paidAt, locale });
  paper.page();
  let y = drawHeading(paper, facts, locale);
  y = drawColumnNames(paper, y);
  for (const line of facts.lines) {
    if (y > foot - 60) {
      paper.page();
      y = drawColumnNames(paper, sheet.margin + 16);
    }
    const next = paper.text(left, y, line.name, {
      size: 10.5,
      width: columns.quantity - left - 8,
      maxLines: 3,
    });
    paper.text(columns.quantity, y, String(line.quantity), { size: 10.5, width: 40, align: 'right' });
    paper.text(columns.unit, y, formatMoney(line.unitPrice, locale), {
      size: 10.5,
      width: columns.wide,
      align: 'right',
    });
    paper.text(columns.total, y, formatMoney(line.lineTotal, locale), {
      size: 10.5,
      width: columns.wide,
      align: 'right',
    });
    y = next + 8;
  }
  drawTotal(paper, y + 2, facts, locale);
  return paper.end();
}

function drawHeading(paper: Paper, facts: ReceiptFacts, locale: string): number {
  const half = width / 2 - 12;
  const name = { size: 7.5, weight: 'bold', colour: '#555', width: half } as const;
  const value = { size: 10.5, width: half } as const;
  let y = paper.text(left, sheet.margin + 8, 'Receipt', { size: 26, weight: 'bold', width });
  y = paper.text(left, y, `from ${facts.seller}`, { size: 11.5, width, maxLines: 2 }) + 22;
  const block = (x: number, top: number, label: string, ...lines: readonly string[]): number => {
    let next = paper.text(x, top, label, name) + 1;
    for (const line of lines) next = paper.text(x, next, line, { ...value, maxLines: 2 });
    return next + 14;
  };
  const middle = left + width / 2;
  const { date, time } = whenAtVenue(facts.event, locale);
  const numbers = block(left, y, 'RECEIPT NUMBER', facts.receiptNumber);
  const paid = block(middle, y, 'PAID', momentAt(facts.paidAt, facts.event.timeZone, locale));
  y = Math.max(numbers, paid);
  const buyer = block(left, y, 'BUYER', facts.buyer.name, facts.buyer.email);
  const order = block(middle, y, 'ORDER', facts.orderId);
  y = Math.max(buyer, order);
  return block(left, y, 'FOR', facts.event.title, `${date}, ${time}`, facts.event.venueName) + 8;
}

function drawColumnNames(paper: Paper, y: number): number {
  const name = { size: 7.5, weight: 'bold', colour: '#555' } as const;
  paper.text(left, y, 'TICKETS', { ...name, width: 200 });
  paper.text(columns.quantity, y, 'NUMBER', { ...name, width: 40, align: 'right' });
  paper.text(columns.unit, y, 'PRICE EACH', { ...name, width: columns.wide, align: 'right' });
  const next = paper.text(columns.total, y, 'TOGETHER', { ...name, width: columns.wide, align: 'right' });
  paper.rule(left, next + 4, right, next + 4);
  return next + 12;
}

function drawTotal(paper: Paper, y: number, facts: ReceiptFacts, locale: string): void {
  paper.rule(left, y, right, y, { thick: 1.5 });
  paper.text(left, y + 10, `Total in ${facts.total.currency}`, {
    size: 13,
    weight: 'bold',
    width: width / 2,
  });
  paper.text(left + width / 2, y + 10, formatMoney(facts.total, locale), {
    size: 13,
    weight: 'bold',
    width: width / 2,
    align: 'right',
  });
  const thanks =
    facts.total.amountMinor === 0 ? 'Nothing to pay: this order was free.' : 'Paid in full. Thank you.';
  paper.text(left, y + 42, thanks, { size: 9.5, colour: '#333', width });
}
