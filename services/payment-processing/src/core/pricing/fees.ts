import type { FeeTerms } from '@boxoffice/shared/contracts';
import type { CutLine } from './discounts';
import { ticketsOf } from './list-lines';
import { oneWhole, portion, rateOf, sum } from './rounding';

export interface AskedFee {
  readonly fee: FeeTerms;
  readonly asked: number;
}

/** What comes on top of the tickets: those that cost nothing bear none. A fee's share of the price is rounded once, over the order. */
export function feesOn(lines: readonly CutLine[], fees: readonly FeeTerms[]): readonly AskedFee[] {
  const paid = lines.filter(({ asked }) => asked > 0);
  if (paid.length === 0) return [];
  const all = sum(paid.map(({ asked }) => asked));
  const tickets = sum(paid.map(ticketsOf));
  return fees
    .map((fee) => ({
      fee,
      asked:
        fee.fixedMinor * (fee.per === 'ticket' ? tickets : 1) +
        portion(all, rateOf(fee.basisPoints), oneWhole),
    }))
    .filter(({ asked }) => asked > 0);
}
