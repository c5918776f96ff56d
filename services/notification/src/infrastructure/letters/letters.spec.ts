import { describe, expect, it } from '@jest/globals';
import {
  orderCancelled,
  orderFulfilled,
  paymentRefunded,
  ticketTransferred,
  waitingListOffered,
  type IssuedPaper,
} from '@boxoffice/shared/contracts';
import { cancellationLetter } from './cancellation-letter';
import { offerLetter } from './offer-letter';
import { refundLetter } from './refund-letter';
import { ticketsLetter } from './tickets-letter';
import { transferLetter } from './transfer-letter';

const wording = { locale: 'en-GB', seller: 'Konzerthaus <Wien>' };
const order = orderFulfilled.sample;
const transfer = ticketTransferred.sample;
const offer = waitingListOffered.sample;
const evil = '</title><script>alert("1")</script>\r\nBcc: all@example.org';

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

  it('lists fees and gift cards, so that it adds up', () => {
    const eur = (amountMinor: number) => ({ amountMinor, currency: 'EUR' });
    const plain = { discount: eur(0), tax: eur(0) };
    const receipt: IssuedPaper = {
      ...{ kind: 'invoice', number: 'INV-1', issuedAt: order.fulfilledAt, paidAt: order.fulfilledAt },
      ...{ seller: { name: 'Konzerthaus' }, buyer: order.buyer, orderId: order.orderId, event: order.event },
      ...{ discounts: [], taxes: [], net: eur(9900), total: eur(9900), paid: eur(7900) },
      lines: [
        { ...plain, name: 'Stalls', quantity: 2, unitPrice: eur(4800), net: eur(9600), gross: eur(9600) },
        { ...plain, name: 'Booking fee', quantity: 1, net: eur(300), gross: eur(300) },
      ],
      giftCards: [{ giftCardId: 'card', amount: eur(2000) }],
    };
    const { text } = ticketsLetter({ ...order, total: eur(9900), receipt }, wording);
    expect(text).toContain('2 × Stalls: €96.00\nBooking fee: €3.00\nGift card: -€20.00\nPaid: €79.00\n');
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

describe('the letter about a refund of some tickets', () => {
  it('says which are void, and nothing of why the organiser gave in', () => {
    const ticketIds = ['01jv0h5c9n3yq8t6w2b4d7f1ga-8q2s4v-1'];
    const { text } = refundLetter({ ...paymentRefunded.sample, reason: 'goodwill', ticketIds }, wording);
    expect(text).toContain('No longer valid:\nTicket 01jv0h5c9n3yq8t6w2b4d7f1ga-8q2s4v-1');
    expect(text).toContain('The organiser would like you to have this money back.');
  });
});

describe('the letter with a ticket that was passed on', () => {
  it('goes to the new holder, and says who passed it on, what it is, when and where', () => {
    const { to, subject, text } = transferLetter({ ...transfer, seat: 'Parkett/A/12' }, wording);
    expect(to).toEqual({ name: 'Ben Example', address: 'ben@example.org' });
    expect(subject).toBe('Ada Example has passed a ticket for Winterreise by candlelight on to you');
    for (const said of [
      'Dear Ben Example, Ada Example has passed',
      'Friday, 12 February 2027',
      '19:30 – 21:15 CET (Europe/Vienna)',
      'Konzerthaus, Schubert-Saal',
      'Stalls\nParkett, row A, seat 12\nTicket 01jv0h5c9n3yq8t6w2b4d7f1ga-8q2s4v-1',
    ])
      expect(text).toContain(said);
  });

  it('names no seat where none is numbered, and nobody where the giver has no name', () => {
    const { subject, text } = transferLetter({ ...transfer, from: { userId: 'ada', name: ' ' } }, wording);
    expect(text).toContain('Stalls\nTicket 01');
    expect(subject).toMatch(/^Somebody has passed/);
  });

  it('does not carry the code, which belongs on the ticket alone', () => {
    const { html, text } = transferLetter(transfer, wording);
    expect(html + text).not.toContain('BX1');
  });

  it('lets nobody’s words become markup or a header', () => {
    const letter = transferLetter(
      {
        ...transfer,
        from: { userId: 'eve', name: evil },
        to: { name: evil, email: 'ben@example.org' },
        ticketTypeName: evil,
        seat: `${evil}/A/1`,
      },
      wording,
    );
    expect(letter.html).not.toMatch(/<script|<Wien>/);
    expect(letter.subject).not.toMatch(/[\r\n]/);
  });
});

describe('the letter with an offer', () => {
  it('says what is held until when, on the clocks of the venue', () => {
    const { to, subject, text } = offerLetter(offer, wording);
    expect(to).toEqual({ name: 'Ada Example', address: 'ada@example.org' });
    expect(subject).toBe(
      '2 tickets for Winterreise by candlelight are held for you until 6 January 2027 at 10:15 CET',
    );
    for (const said of [
      'we hold 2 × Stalls for you until 6 January 2027 at 10:15 CET (Europe/Vienna)',
      'Friday, 12 February 2027',
      'Hold 01jv0h5c9n3yq8t6w2b4d7f1ga-02000000b000',
    ])
      expect(text).toContain(said);
  });

  it('speaks of one ticket as one', () => {
    expect(offerLetter({ ...offer, quantity: 1 }, wording).subject).toMatch(/^A ticket for .* is held/);
  });

  it('leads to where it is bought, if there is such a page', () => {
    const offerUrl = 'https://shop.example/events/{eventId}?hold={holdId}&from="mail"';
    const { text, html } = offerLetter({ ...offer, holdId: 'a&b' }, { ...wording, offerUrl });
    const { eventId } = offer.event;
    expect(text).toContain(`Buy here: https://shop.example/events/${eventId}?hold=a%26b&from="mail"\n`);
    expect(html).toContain(
      `<a href="https://shop.example/events/${eventId}?hold=a%26b&#38;from=&#34;mail&#34;">`,
    );
  });

  it('says to sign in where there is none', () => {
    const { text, html } = offerLetter(offer, wording);
    expect(text).toContain('To buy, sign in with the account');
    expect(html).not.toContain('<a ');
  });

  it('lets nobody’s words become markup or a header', () => {
    const letter = offerLetter(
      {
        ...offer,
        to: { name: evil, email: 'ada@example.org' },
        ticketTypeName: evil,
        event: { ...offer.event, title: evil, venueName: evil, venueAddress: evil },
      },
      wording,
    );
    expect(letter.html).not.toMatch(/<script|<Wien>/);
    expect(letter.subject).not.toMatch(/[\r\n]/);
  });
});

describe('the letter about an order that was undone', () => {
  const cancelled = orderCancelled.sample;

  it('says that the event is cancelled, which tickets are void, and that nothing was paid', () => {
    const { subject, text } = cancellationLetter(cancelled, wording);
    expect(subject).toBe('Winterreise by candlelight is cancelled');
    for (const said of ['has been cancelled', 'No longer valid:', cancelled.ticketIds[0], 'paid nothing'])
      expect(text).toContain(said);
  });

  it('says what is on gift cards again', () => {
    const returnedToGiftCards = { amountMinor: 9600, currency: 'EUR' };
    const { text } = cancellationLetter({ ...cancelled, returnedToGiftCards }, wording);
    expect(text).toContain('€96.00 are on your gift cards again');
    expect(text).not.toContain('paid nothing');
  });

  it('says that there are none left, where there never were tickets', () => {
    const { subject, text } = cancellationLetter(
      { ...cancelled, reason: 'no-stock-left', ticketIds: [] },
      wording,
    );
    expect(subject).toBe('There are no tickets left for Winterreise by candlelight');
    expect(text).not.toContain('No longer valid');
  });
});
