import type { IssuedPaper } from '@boxoffice/shared/contracts';
import { instant, money } from '@boxoffice/shared/kernel';
import type { Order } from '../order';
import type { Price, TaxSum } from '../pricing/price';
import { invoiceFacts } from './invoice-facts';

export interface SampleLine {
  readonly gross: number;
  readonly tax: number;
  readonly basisPoints: number;
}

/** For specs: an order whose lines cost that, tax included. */
export function orderOver(lines: readonly SampleLine[], currency = 'EUR'): Order {
  const of = (amountMinor: number) => money(amountMinor, currency);
  const total = of(lines.reduce((sum, { gross }) => sum + gross, 0));
  const rates = [...new Set(lines.map(({ basisPoints }) => basisPoints))];
  const price: Price = {
    lines: lines.map(({ gross, tax }, i) => ({
      ticketTypeId: `t${i}`,
      name: `Type ${i}`,
      quantity: 1,
      unitPrice: of(gross),
      listTotal: of(gross),
      discount: of(0),
      taxCategory: 'standard',
      net: of(gross - tax),
      tax: of(tax),
      gross: of(gross),
    })),
    fees: [],
    discounts: [],
    taxes: rates.map((basisPoints): TaxSum => {
      const taxed = lines.filter((line) => line.basisPoints === basisPoints);
      return {
        name: 'VAT',
        basisPoints,
        net: of(taxed.reduce((sum, { gross, tax }) => sum + gross - tax, 0)),
        tax: of(taxed.reduce((sum, { tax }) => sum + tax, 0)),
      };
    }),
    total,
    giftCards: [],
    due: total,
  };
  const at = instant('2027-01-05T10:00:00Z');
  return {
    orderId: 'o',
    holdId: 'h',
    event: {
      eventId: 'e',
      organizerId: 'olivia',
      title: 'Winterreise',
      startsAt: at,
      endsAt: at,
      timeZone: 'Europe/Vienna',
      venueName: 'Saal',
      venueAddress: 'Wien',
    },
    userId: 'ada',
    buyer: { name: 'Ada', email: 'ada@example.org' },
    price,
    state: 'fulfilled',
    holdExpiresAt: at,
    placedAt: at,
    paidAt: at,
    paymentId: 'p',
    livePaymentId: undefined,
    tickets: [],
    fulfilledAt: at,
    dueAt: undefined,
    asks: 0,
    version: 1,
  };
}

export const invoiceOver = (lines: readonly SampleLine[], currency?: string): IssuedPaper => ({
  ...invoiceFacts(
    orderOver(lines, currency),
    { seller: { name: 'Saal GmbH' } },
    instant('2027-01-05T10:00:00Z'),
  ),
  number: 'INV-1',
});
