import type { DiscountTerms } from '@boxoffice/shared/contracts';
import type { PurchaseFault } from '../faults';
import { askedDiscounts, discountAllowances, isUsedUp } from './allowances';
import type { Basket, Offer } from './basket';
import { ticketsOf, type ListLine } from './list-lines';
import { apportion, oneWhole, portion, rateOf, sum } from './rounding';

/** A line with what is asked for it once discounts are off, in minor units. */
export interface CutLine extends ListLine {
  readonly listTotal: number;
  readonly asked: number;
}

export interface Cut {
  readonly discount: DiscountTerms;
  readonly code?: string;
  readonly amount: number;
}

/** Each discount takes from what those before it have left, and never more than that. */
export function cutPrices(
  lines: readonly ListLine[],
  { codes, userId }: Pick<Basket, 'codes' | 'userId'>,
  offer: Offer,
): {
  readonly lines: readonly CutLine[];
  readonly cuts: readonly Cut[];
  readonly faults: readonly PurchaseFault[];
} {
  const cuts: Cut[] = [];
  const faults: PurchaseFault[] = [];
  const asked = askedDiscounts(offer.terms.discounts ?? [], codes);
  let left = lines.map((line): CutLine => {
    const listTotal = line.quantity * line.unitPrice.amountMinor;
    return { ...line, listTotal, asked: listTotal };
  });
  for (const { discount, code, place } of asked) {
    const twice = cuts.some((one) => one.discount.discountId === discount.discountId);
    const why = twice ? 'taken' : whyNot(discount, code, lines, userId, offer);
    if (why !== undefined) {
      if (place !== undefined) faults.push(fault(place, why));
      continue;
    }
    const shares = sharesOf(discount, left);
    const amount = sum(shares);
    if (amount === 0) continue;
    left = left.map((line, at) => ({ ...line, asked: line.asked - (shares[at] ?? 0) }));
    cuts.push({ discount, ...(code === undefined ? {} : { code }), amount });
  }
  codes.forEach((_, place) => {
    if (!asked.some((one) => one.place === place)) faults.push(fault(place, 'unknown'));
  });
  return { lines: left, cuts, faults };
}

const concerns = ({ ticketTypeIds }: DiscountTerms, { type }: ListLine): boolean =>
  ticketTypeIds === undefined || ticketTypeIds.includes(type.ticketTypeId);

/** What it takes off each line. */
function sharesOf(discount: DiscountTerms, lines: readonly CutLine[]): readonly number[] {
  const { off } = discount;
  const open = lines.map((line) => (concerns(discount, line) ? line.asked : 0));
  const all = sum(open);
  switch (off.is) {
    case 'free':
      return open;
    case 'percentage':
      return apportion(Math.min(all, portion(all, rateOf(off.basisPoints), oneWhole)), open);
    case 'amount':
      return off.per === 'order'
        ? apportion(Math.min(all, off.amountMinor), open)
        : lines.map((line, at) => Math.min(open[at] ?? 0, off.amountMinor * ticketsOf(line)));
  }
}

function whyNot(
  discount: DiscountTerms,
  code: string | undefined,
  lines: readonly ListLine[],
  userId: string,
  { eventId, now, taken }: Offer,
): keyof typeof reasons | undefined {
  const { from, until, minTickets = 1 } = discount;
  if (from !== undefined && now < from) return 'notYet';
  if (until !== undefined && now >= until) return 'over';
  const tickets = sum(lines.filter((line) => concerns(discount, line)).map(ticketsOf));
  if (tickets === 0) return 'otherTickets';
  if (tickets < minTickets) return 'tooFewTickets';
  const gone = discountAllowances(eventId, discount, code, userId).some((one) => isUsedUp(one, taken));
  return gone ? 'usedUp' : undefined;
}

const reasons = {
  unknown: 'there is no such code for this event',
  notYet: 'this code is not valid yet',
  over: 'this code is not valid any more',
  otherTickets: 'this code is for other tickets than these',
  tooFewTickets: 'this code is for more tickets than these',
  usedUp: 'this code has been used as often as it may be',
  taken: 'what this code gives is given already',
} as const;

const fault = (place: number, why: keyof typeof reasons): PurchaseFault => ({
  field: `codes[${place}]`,
  code: why,
  message: reasons[why],
});
