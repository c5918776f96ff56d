import type { PaperLine } from '../contracts';
import { formatMoney, negate } from '../kernel';
import { foot, label, left, right, width, type SaleSheet } from './sale-sheet';
import { sheet, type Ink } from './paper';

/** Points from where lines begin to each column's end, and its width; the item takes what is left before them. */
const columns = {
  quantity: { wide: 34, until: right - 281 },
  each: { wide: 70, until: right - 211 },
  net: { wide: 70, until: right - 141 },
  tax: { wide: 66, until: right - 75 },
  gross: { wide: 75, until: right },
} as const;
type Column = keyof typeof columns;

/** Where no tax is charged, net and gross are one. */
const columnsOf = ({ facts }: SaleSheet): readonly Column[] =>
  facts.taxes.length === 0 ? ['quantity', 'each', 'gross'] : ['quantity', 'each', 'net', 'tax', 'gross'];

/** The items, with their columns' names on each page; answers where the sums begin. */
export function drawLines(page: SaleSheet, top: number, nextPage: () => void): number {
  const { facts } = page;
  let y = drawColumnNames(page, top);
  for (const line of facts.lines) {
    if (y > foot - 50) {
      nextPage();
      y = drawColumnNames(page, sheet.margin + 16);
    }
    y = drawLine(page, y, line);
  }
  return y;
}

function drawLine(page: SaleSheet, y: number, line: PaperLine): number {
  const { paper, words, locale } = page;
  const size = 9.5;
  const itemWidth = itemWidthOf(page);
  let next = paper.text(left, y, line.name === '' ? words.refund : line.name, {
    size,
    width: itemWidth,
    maxLines: 3,
  });
  if (line.discount.amountMinor !== 0) {
    const discount = `${words.discount} ${formatMoney(negate(line.discount), locale)}`;
    next = paper.text(left, next, discount, { size: 8, colour: '#444', width: itemWidth });
  }
  const shown: Readonly<Record<Column, string>> = {
    quantity: new Intl.NumberFormat(locale).format(line.quantity),
    each: line.unitPrice === undefined ? '' : formatMoney(line.unitPrice, locale),
    net: formatMoney(line.net, locale),
    tax: formatMoney(line.tax, locale),
    gross: formatMoney(line.gross, locale),
  };
  for (const column of columnsOf(page)) inColumn(page, column, y, shown[column], { size });
  return next + 7;
}

function drawColumnNames(page: SaleSheet, y: number): number {
  const { paper, words } = page;
  const next = paper.text(left, y, words.item, { ...label, width: itemWidthOf(page) });
  for (const column of columnsOf(page)) inColumn(page, column, y, words[column], label);
  paper.rule(left, next + 4, right, next + 4);
  return next + 12;
}

function inColumn(
  page: SaleSheet,
  column: Column,
  y: number,
  text: string,
  ink: Pick<Ink, 'size' | 'weight' | 'colour'>,
): void {
  const { wide, until } = placeOf(page, column);
  page.paper.text(until - wide + 4, y, text, { ...ink, width: wide - 4, align: 'right', whole: true });
}

/** Without net and tax, the others move up to the gross. */
function placeOf(page: SaleSheet, column: Column): { readonly wide: number; readonly until: number } {
  const moved = columnsOf(page).length < 5 && column !== 'gross' ? columns.net.wide + columns.tax.wide : 0;
  const { wide, until } = columns[column];
  return { wide, until: until + moved };
}

const itemWidthOf = (page: SaleSheet): number => {
  const { until, wide } = placeOf(page, 'quantity');
  return Math.min(width, until - wide - left) - 6;
};
