import type { IssuedPaper, PaperLine } from '@boxoffice/shared/contracts';
import { add, zero, type Instant } from '@boxoffice/shared/kernel';
import type { Order } from '../order';
import type { Price } from '../pricing/price';
import type { SellingHouse } from './paper-book';

/** All that the invoice of an order says but its number. */
export function invoiceFacts(
  { orderId, event, buyer, price, paidAt }: Order,
  { seller, locale }: Omit<SellingHouse, 'seller'> & { readonly seller: IssuedPaper['seller'] },
  issuedAt: Instant,
): Omit<IssuedPaper, 'number'> {
  const { eventId, title, startsAt, endsAt, timeZone, venueName, venueAddress } = event;
  const { name, email, company, vatId, country } = buyer;
  const language = buyer.locale ?? locale;
  return {
    kind: 'invoice',
    issuedAt,
    seller,
    buyer: {
      name,
      email,
      ...(company === undefined ? {} : { company }),
      ...(vatId === undefined ? {} : { vatId }),
      ...(country === undefined ? {} : { country }),
    },
    orderId,
    event: { eventId, title, startsAt, endsAt, timeZone, venueName, venueAddress },
    lines: linesOf(price),
    discounts: price.discounts.map(({ name: called, code, amount }) => ({
      name: called,
      ...(code === undefined ? {} : { code }),
      amount,
    })),
    taxes: price.taxes,
    net: add(zero(price.total.currency), ...[...price.lines, ...price.fees].map(({ net }) => net)),
    total: price.total,
    giftCards: price.giftCards,
    paid: price.due,
    paidAt: paidAt ?? issuedAt,
    ...(language === undefined ? {} : { locale: language }),
  };
}

function linesOf({ lines, fees, total }: Price): readonly PaperLine[] {
  const tickets = lines.map(
    ({ name, package: pack, quantity, unitPrice, discount, net, tax, gross }): PaperLine => ({
      name: pack ? `${name}, ${pack.name}` : name,
      quantity,
      unitPrice,
      discount,
      net,
      tax,
      gross,
    }),
  );
  const charges = fees.map(({ name, net, tax, gross }): PaperLine => ({
    name,
    quantity: 1,
    discount: zero(total.currency),
    net,
    tax,
    gross,
  }));
  return [...tickets, ...charges];
}
