import { describe, expect, it } from '@jest/globals';
import { orderFulfilled, paymentRefunded } from '@boxoffice/shared/contracts';
import { refundLetter } from './refund-letter';
import { ticketsLetter } from './tickets-letter';

const wording = { locale: 'en-GB', seller: 'Konzerthaus <Wien>' };
const order = orderFulfilled.sample;

describe('the letter with the tickets', () => {
  it('says when and where on the clocks of the venue, what and how much', () => {
    const { text, subject } = ticketsLetter(
      { ...order, tickets: [...order.tickets, ...order.tickets] },
      wording,
    );
    expect(subject).toBe('Your 2 tickets for Winterreise by candlelight');
    for (const said of [
      'Friday, 12 February 2027',
      '19:30 – 21:15 CET (Europe/Vienna)',
      'Konzerthaus, Schubert-Saal',
      '2 × Stalls: €96.00',
      'Paid: €96.00',
    ])
      expect(text).toContain(said);
  });

  it('speaks the operator’s language of dates and money', () => {
    expect(ticketsLetter(order, { ...wording, locale: 'de-AT' }).text).toContain('Freitag, 12. Februar 2027');
  });

  it('lets no title or name become markup or a header', () => {
    const evil = '</title><script>alert("1")</script>\r\nBcc: all@example.org';
    const letter = ticketsLetter(
      { ...order, buyer: { name: evil, email: 'a@example.org' }, event: { ...order.event, title: evil } },
      wording,
    );
    expect(letter.html).not.toMatch(/<script|<Wien>/);
    expect(letter.html).toContain('&#60;script&#62;');
    expect(letter.subject).not.toMatch(/[\r\n]/);
  });

  it('does not carry the codes, which belong on the tickets alone', () => {
    const { html, text } = ticketsLetter(order, wording);
    expect(html + text).not.toContain('BX1');
  });

  it('says that a free order costs nothing', () => {
    expect(ticketsLetter({ ...order, total: { amountMinor: 0, currency: 'EUR' } }, wording).text).toContain(
      'Nothing to pay',
    );
  });
});

describe('the letter about a refund', () => {
  it.each(['no-stock-left', 'paid-twice'] as const)(
    'says why for %s, and lets nothing become markup',
    (reason) => {
      const { html, text } = refundLetter(
        { ...paymentRefunded.sample, reason, eventTitle: '<b>Bold</b>' },
        wording,
      );
      expect(text).toMatch(/sorry/);
      expect(html).not.toContain('<b>');
    },
  );
});
