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
const inSight = (word: string): string => Array.from(word).reverse().join('');
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

  it.each([
    ['en', ['TICKET', 'WHEN', 'Parkett, row A, seat 12', 'TICKET NUMBER']],
    ['de-AT', ['EINTRITTSKARTE', 'WANN', 'Freitag, 12. Februar 2027', 'Parkett, Reihe A, Platz 12']],
    ['ja', ['入場券', '日時', '2027年2月12日金曜日', 'Parkett A列 12番']],
    // The glyphs of a line stand in the order of sight: the seat, the row, and Latin words as they are.
    ['ar', [inSight('المكان'), `A${inSight('الصف')}`, 'Parkett', '2027']],
    ['fr', ['BILLET', 'OÙ', 'vendredi 12 février 2027', 'Parkett, rang A, place 12']],
    ['es', ['ENTRADA', 'CUÁNDO', 'Parkett, fila A, asiento 12']],
    ['it', ['BIGLIETTO', 'DOVE', 'Parkett, fila A, posto 12']],
    ['pt', ['BILHETE', 'ONDE', 'Parkett, fila A, lugar 12']],
    ['tlh', ['TICKET', 'Friday, 12 February 2027']],
  ])('speak the reader’s language, %s, and English where it is not spoken here', async (locale, said) => {
    const pages = readPdf(await ticketPaper(ticketFactsOf(seated('Parkett/A/12'), locale)));
    const packed = (texts: readonly string[]): string => texts.join('').replaceAll(/\s/g, '');
    for (const text of said) expect(packed(pages[0]!.texts)).toContain(packed([text]));
    expect(pages[0]!.code).toBe(code(1));
  });

  it('speak the language of their order’s receipt before that of the house', () => {
    const receipt = { locale: 'ja-JP' } as OrderFulfilled['receipt'];
    expect(ticketFactsOf({ ...order, receipt: receipt! }, 'de').locale).toBe('ja-JP');
    expect(ticketFactsOf(order, 'de').locale).toBe('de');
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
