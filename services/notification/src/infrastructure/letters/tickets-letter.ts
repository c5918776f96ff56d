import type { OrderFulfilled } from '@boxoffice/shared/contracts';
import { html } from '@boxoffice/shared/html';
import { formatMoney, negate, type Money } from '@boxoffice/shared/kernel';
import type { Letter } from '../../core/ports';
import { letterTo } from './message';
import { eventPassage, passage, type Passage } from './passages';
import type { Wording } from './wording';

/** Here are your tickets. */
export function ticketsLetter(order: OrderFulfilled, { locale, seller }: Wording): Letter {
  const { event, buyer, tickets } = order;
  const many = tickets.length === 1 ? 'ticket' : `${tickets.length} tickets`;
  return letterTo(
    buyer,
    `Your ${many} for ${event.title}`,
    seller,
    passage(
      `Dear ${buyer.name}, thank you. Your ${many} and the receipt are attached; print the tickets or show them on a screen.`,
    ),
    eventPassage(event, locale),
    sumsOf(order, locale),
    passage('Each code lets one person in, once. Keep them to yourself.'),
  );
}

/** They add up: tickets and fees, less what gift cards paid. */
function sumsOf(order: OrderFulfilled, locale: string): Passage {
  const sums = costsOf(order).map(({ what, amount }) => ({ what, cost: formatMoney(amount, locale) }));
  const due = order.receipt?.paid ?? order.total;
  const paid = due.amountMinor === 0 ? 'Nothing to pay' : `Paid: ${formatMoney(due, locale)}`;
  const receipt = `Receipt ${order.receiptNumber}`;
  return {
    text: [...sums.map(({ what, cost }) => `${what}: ${cost}`), paid, receipt].join('\n'),
    html: html`<table style="width:100%;border-collapse:collapse">
        ${sums.map(
          ({ what, cost }) =>
            html`<tr>
              <td style="padding:4px 0">${what}</td>
              <td style="padding:4px 0;text-align:right">${cost}</td>
            </tr>`,
        )}
      </table>
      <p><strong>${paid}</strong><br />${receipt}</p>`,
  };
}

function costsOf({
  lines,
  receipt,
}: OrderFulfilled): readonly { readonly what: string; readonly amount: Money }[] {
  if (!receipt)
    return lines.map(({ quantity, name, lineTotal }) => ({
      what: `${quantity} × ${name}`,
      amount: lineTotal,
    }));
  return [
    ...receipt.lines.map(({ quantity, name, unitPrice, gross }) => ({
      what: unitPrice === undefined ? name : `${quantity} × ${name}`,
      amount: gross,
    })),
    ...receipt.giftCards.map(({ amount }) => ({ what: 'Gift card', amount: negate(amount) })),
  ];
}
