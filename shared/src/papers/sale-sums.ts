import type { PaperTax } from '../contracts';
import { formatMoney, negate, type Money } from '../kernel';
import { sheet } from './paper';
import { foot, isolated, label, left, right, width, type SaleSheet } from './sale-sheet';
import { momentAt } from './when';
import { fill } from './words';

const taxesFrom = left + width * 0.25;
const wide = 110;

/** Total, what paid for it, and the taxes in it. */
export function drawSums(page: SaleSheet, top: number, nextPage: () => void): void {
  const { facts } = page;
  const rows = 3 + facts.giftCards.length + facts.discounts.length + facts.taxes.length + 3;
  let y = top;
  if (y > foot - 60 - rows * 15) {
    nextPage();
    y = sheet.margin + 16;
  }
  y = drawTotal(page, y);
  y = drawTaxes(page, y + 18);
  if (facts.taxes.some(({ reverseCharge }) => reverseCharge))
    page.paper.text(left, y + 6, page.words.reverseCharge, { size: 9.5, width, maxLines: 2 });
}

function drawTotal(page: SaleSheet, top: number): number {
  const { paper, facts, words, locale } = page;
  const { kind, total, giftCards, paid, paidAt, discounts, event } = facts;
  let y = top;
  for (const { name, code, amount } of discounts) {
    const called = isolated(code === undefined ? name : `${name} (${code})`);
    const off = isolated(formatMoney(negate(amount), locale));
    y = paper.text(left, y, `${words.discount}: ${called} ${off}`, { size: 8.5, colour: '#444', width }) + 3;
  }
  paper.rule(left, y, right, y, { thick: 1.5 });
  const named = fill(kind === 'invoice' ? words.total : words.credited, { currency: total.currency });
  y = drawSum(page, y + 9, named, total, { size: 12, weight: 'bold' }) + 5;
  if (kind === 'credit-note') return y;
  for (const { giftCardId, amount } of giftCards)
    y = drawSum(page, y, fill(words.giftCard, { id: giftCardId.slice(-4) }), amount);
  if (total.amountMinor === 0)
    return paper.text(left, y + 4, words.free, { size: 9.5, colour: '#333', width });
  const when = momentAt(paidAt, event.timeZone, locale);
  y = drawSum(page, y, fill(words.paid, { date: isolated(when) }), paid);
  return drawSum(
    page,
    y,
    words.due,
    { amountMinor: 0, currency: total.currency },
    { size: 9.5, weight: 'bold' },
  );
}

function drawSum(
  { paper, locale }: SaleSheet,
  y: number,
  name: string,
  amount: Money,
  ink: { readonly size: number; readonly weight?: 'bold' } = { size: 9.5 },
): number {
  const next = paper.text(left, y, name, { ...ink, width: width - wide - 12, maxLines: 2 });
  paper.text(right - wide, y, formatMoney(amount, locale), {
    ...ink,
    width: wide,
    align: 'right',
    whole: true,
  });
  return next + 3;
}

function drawTaxes(page: SaleSheet, top: number): number {
  const { paper, facts, words, locale } = page;
  if (facts.taxes.length === 0) return top;
  const ends = { rate: right - 190, base: right - 95, tax: right };
  const row = (
    y: number,
    name: string,
    rate: string,
    base: string,
    tax: string,
    ink: typeof label | { size: number },
  ) => {
    const next = paper.text(taxesFrom, y, name, { ...ink, width: ends.rate - 50 - taxesFrom, maxLines: 2 });
    for (const [until, text] of [
      [ends.rate, rate],
      [ends.base, base],
      [ends.tax, tax],
    ] as const)
      paper.text(until - 90, y, text, { ...ink, width: 90, align: 'right', whole: true });
    return next;
  };
  let y = row(top, words.tax, words.rate, words.base, words.tax, label);
  paper.rule(taxesFrom, y + 3, right, y + 3, { thick: 0.5 });
  y += 9;
  for (const tax of facts.taxes)
    y =
      row(
        y,
        tax.name,
        percent(tax, locale),
        formatMoney(tax.net, locale),
        formatMoney(chargedOf(tax), locale),
        { size: 9.5 },
      ) + 3;
  return y;
}

/** What the recipient owes is not charged. */
const chargedOf = ({ reverseCharge, tax }: PaperTax): Money =>
  reverseCharge ? { amountMinor: 0, currency: tax.currency } : tax;

const percent = ({ basisPoints }: PaperTax, locale: string): string =>
  new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 4 }).format(basisPoints / 10_000);
