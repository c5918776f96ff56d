import type { IssuedPaper, PaperTax } from '@boxoffice/shared/contracts';
import { money, zero, type Instant, type Money } from '@boxoffice/shared/kernel';
import { shareOut } from './share';

/**
 * What the credit note over `amount` and `toCards` says but its number: net and each tax are taken from what earlier credit notes have left of them, in
 * proportion. So all credit notes of an order together never exceed its invoice, and cancel it to the minor unit once all is given back.
 * Undefined where nothing is left to be corrected.
 */
export function creditFacts(
  invoice: IssuedPaper,
  earlier: readonly IssuedPaper[],
  { amount, toCards }: { readonly amount: Money; readonly toCards: Money },
  issuedAt: Instant,
): Omit<IssuedPaper, 'number'> | undefined {
  const { currency } = invoice.total;
  const left = leftOf(invoice, earlier);
  const total = Math.min(amount.amountMinor + toCards.amountMinor, left.net + sumOf(left.charged));
  if (total <= 0) return undefined;
  const [net = 0, ...charged] = shareOut(total, [left.net, ...left.charged]);
  const bases = basesOf(net, left);
  const taxes = invoice.taxes.map((tax, i): PaperTax => {
    const base = money(bases[i] ?? 0, currency);
    // Of what the recipient owes, as much is corrected as of what it is reckoned on.
    const owed = tax.reverseCharge ? proportion(left.owed[i] ?? 0, net, left.net) : (charged[i] ?? 0);
    return { ...tax, net: base, tax: money(owed, currency) };
  });
  const whole = earlier.length === 0 && total === invoice.total.amountMinor;
  const part = {
    name: '',
    quantity: 1,
    discount: zero(currency),
    net: money(net, currency),
    tax: money(sumOf(charged), currency),
    gross: money(total, currency),
  };
  return {
    ...invoice,
    kind: 'credit-note',
    issuedAt,
    lines: whole ? invoice.lines : [part],
    discounts: whole ? invoice.discounts : [],
    taxes,
    net: money(net, currency),
    total: money(total, currency),
    giftCards: [],
    paid: money(Math.min(amount.amountMinor, total), currency),
    paidAt: issuedAt,
    corrects: { number: invoice.number, issuedAt: invoice.issuedAt },
  };
}

interface Left {
  readonly net: number;
  /** By tax, as in the invoice: what it is reckoned on, what is charged, and what the recipient owes instead. */
  readonly bases: readonly number[];
  readonly charged: readonly number[];
  readonly owed: readonly number[];
}

function leftOf(invoice: IssuedPaper, earlier: readonly IssuedPaper[]): Left {
  const left = (of: (paper: IssuedPaper) => Money | undefined): number =>
    earlier.reduce((rest, paper) => rest - (of(paper)?.amountMinor ?? 0), of(invoice)?.amountMinor ?? 0);
  const taxes = invoice.taxes.map((tax, i) => {
    const whole = left((paper) => paper.taxes[i]?.tax);
    return { base: left((paper) => paper.taxes[i]?.net), whole, ours: tax.reverseCharge !== true };
  });
  return {
    net: left((paper) => paper.net),
    bases: taxes.map(({ base }) => base),
    charged: taxes.map(({ whole, ours }) => (ours ? whole : 0)),
    owed: taxes.map(({ whole, ours }) => (ours ? 0 : whole)),
  };
}

/** Where each amount bears one tax, the bases are parts of the net, and so are those of the note; where two taxes have one base, each is by itself. */
function basesOf(net: number, left: Left): readonly number[] {
  const untaxed = left.net - sumOf(left.bases);
  if (untaxed >= 0) return shareOut(net, [...left.bases, untaxed]);
  return left.bases.map((base) => proportion(base, net, left.net));
}

/** `of` × `part` / `whole`, rounded down; all of it at the end. */
const proportion = (of: number, part: number, whole: number): number =>
  whole === 0 ? of : Number((BigInt(of) * BigInt(part)) / BigInt(whole));

const sumOf = (amounts: readonly number[]): number => amounts.reduce((sum, amount) => sum + amount, 0);
