import type { OrderFulfilled } from '@boxoffice/shared/contracts';
import { formatMoney } from '@boxoffice/shared/kernel';
import { whenAtVenue } from '@boxoffice/shared/papers';
import type { Letter } from '../../core/ports';
import { html } from '@boxoffice/shared/html';
import { messageOf } from './message';
import type { Wording } from './wording';

/** Here are your tickets. */
export function ticketsLetter(order: OrderFulfilled, { locale, seller }: Wording): Letter {
  const { event, buyer, lines, total, tickets, receiptNumber } = order;
  const { date, time, zone } = whenAtVenue(event, locale);
  const many = tickets.length === 1 ? 'ticket' : `${tickets.length} tickets`;
  const heading = `Your ${many} for ${event.title}`;
  const opening = `Dear ${buyer.name}, thank you. Your ${many} and the receipt are attached; print the tickets or show them on a screen.`;
  const paid = total.amountMinor === 0 ? 'Nothing to pay' : `Paid: ${formatMoney(total, locale)}`;
  const sums = lines.map((line) => ({
    what: `${line.quantity} × ${line.name}`,
    cost: formatMoney(line.lineTotal, locale),
  }));
  return {
    to: { name: buyer.name, address: buyer.email },
    subject: onOneLine(heading),
    text: [
      opening,
      '',
      event.title,
      date,
      `${time} (${zone})`,
      event.venueName,
      event.venueAddress,
      '',
      ...sums.map(({ what, cost }) => `${what}: ${cost}`),
      paid,
      `Receipt ${receiptNumber}`,
      '',
      'Each code lets one person in, once. Keep them to yourself.',
      '',
      seller,
    ].join('\n'),
    html: messageOf(
      heading,
      seller,
      html`<p>${opening}</p>
        <p>
          <strong>${date}</strong><br />${time} (${zone})<br />${event.venueName}<br />${event.venueAddress}
        </p>
        <table style="width:100%;border-collapse:collapse">
          ${sums.map(
            ({ what, cost }) =>
              html`<tr>
                <td style="padding:4px 0">${what}</td>
                <td style="padding:4px 0;text-align:right">${cost}</td>
              </tr>`,
          )}
        </table>
        <p><strong>${paid}</strong><br />Receipt ${receiptNumber}</p>
        <p>Each code lets one person in, once. Keep them to yourself.</p>`,
    ),
  };
}

/** Header lines end at a line break: none gets into a subject. */
export const onOneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();
