import { describe, expect, it } from '@jest/globals';
import { orderFulfilled, ticketTransferred, type OrderFulfilled } from '../src/contracts';
import { instant } from '../src/kernel';
import { ticketFactsOf, transferredTicketFactsOf } from '../src/papers';
import { ticketPaper } from '../src/printing';
import { readPdf } from './papers/read-pdf';

const code = (number: number) => `BX1.dC03UW0y.${'AZ0HabCdEf-_'.repeat(12)}${number}`;
const order: OrderFulfilled = {
  ...orderFulfilled.sample,
  tickets: [1, 2, 3].map((number) => ({
    ticketId: `01jv0h5c9n3yq8t6w2b4d7f1ga-8q2s4v-${number}`,
    ticketTypeId: orderFulfilled.sample.lines[0]!.ticketTypeId,
    code: code(number),
  })),
};
const at = (event: Partial<OrderFulfilled['event']>): OrderFulfilled => ({
  ...order,
  event: { ...order.event, ...event },
});
const seated = (...seats: string[]): OrderFulfilled => ({
  ...order,
  tickets: seats.map((seat, i) => ({ ...order.tickets[i]!, seat })),
});
const ticketPages = async (of: OrderFulfilled) => readPdf(await ticketPaper(ticketFactsOf(of)));

describe('the tickets on paper', () => {
  it('are a page each, whose QR code a scanner reads as the code of that ticket', async () => {
    const pages = await ticketPages(order);
    expect(pages.map((page) => page.code)).toEqual([code(1), code(2), code(3)]);
  });

  it('say what, when on the clocks of the venue, where, which, who and its number', async () => {
    const [, second] = await ticketPages(order);
    const text = second!.texts.join(' ');
    for (const said of [
      'Winterreise by',
      'Friday, 12 February 2027',
      '19:30 – 21:15 CET (Europe/Vienna)',
      'Konzerthaus, Schubert-Saal',
    ])
      expect(text).toContain(said);
    for (const said of [
      'Stalls',
      'Ada Example',
      '01jv0h5c9n3yq8t6w2b4d7f1ga-8q2s4v-2',
      '2 of 3 · admits one',
    ])
      expect(text).toContain(said);
  });

  it('say each its own seat, where seats are numbered, and beneath it what was sold', async () => {
    const [first, second] = await ticketPages(seated('Parkett/A/12', 'Parkett/A/13'));
    expect(first!.texts).toEqual(expect.arrayContaining(['SEAT', 'Parkett, row A, seat 12', 'Stalls']));
    expect(second!.texts).toContain('Parkett, row A, seat 13');
  });

  it('keep the row and the number beside a section with a long name', async () => {
    const [page] = await ticketPages(seated('Dress circle on the left, restricted view/AA/112'));
    expect(page!.texts.join(' ')).toContain('restricted view, row AA, seat 112');
  });

  it('say nothing of seats where none are numbered', async () => {
    const [page] = await ticketPages(order);
    expect(page!.texts).toContain('TICKET');
    expect(page!.texts.join(' ')).not.toMatch(/seat/i);
  });

  it('are in the name of the new holder once one was passed on, with its new code', async () => {
    const transfer = { ...ticketTransferred.sample, code: code(9), seat: 'Parkett/A/12' };
    const pages = readPdf(await ticketPaper(transferredTicketFactsOf(transfer)));
    expect(pages.map((page) => page.code)).toEqual([code(9)]);
    expect(pages[0]!.texts).toEqual(expect.arrayContaining(['Ben Example', 'Parkett, row A, seat 12']));
    expect(pages[0]!.texts).not.toContain('Ada Example');
  });

  it('name the day after when the event ends past midnight', async () => {
    const [page] = await ticketPages(at({ endsAt: instant('2027-02-13T01:00:00Z') }));
    expect(page!.texts.join(' ')).toContain('19:30 – 13 Feb, 02:00 CET');
  });

  it.each([
    ['Czech', 'Příliš žluťoučký kůň'],
    ['Greek and Cyrillic', 'Όπερα Опера'],
    ['decomposed accents', 'Cafe\u0301'.normalize('NFD')],
  ])('keep every letter of %s', async (_, title) => {
    const [page] = await ticketPages(at({ title }));
    expect(page!.texts.join('')).toContain(title.normalize('NFC'));
  });

  it('keep Japanese beside Latin', async () => {
    const [page] = await ticketPages(at({ title: '銀河鉄道 Live' }));
    expect(page!.texts.join('')).toContain('銀河鉄道');
  });

  it('show a box for what no font has, and drop what is no text at all', async () => {
    const [page] = await ticketPages(at({ title: 'A\u0007 𒀀 party 👩‍👩‍👧 \ud800' }));
    expect(page!.texts.join('')).toMatch(/A □ party □ (□|\ufffd)/);
  });

  it('shorten what is too long, and stay on their page', async () => {
    const pages = await ticketPages(at({ title: 'Unending '.repeat(60), venueAddress: 'x'.repeat(4000) }));
    expect(pages).toHaveLength(3);
    expect(pages[0]!.texts.filter((text) => text.endsWith('…'))).toHaveLength(2);
  });

  it('are the same bytes for the same facts', async () => {
    const [once, again] = [await ticketPaper(ticketFactsOf(order)), await ticketPaper(ticketFactsOf(order))];
    expect(Buffer.compare(once, again)).toBe(0);
  });
});
