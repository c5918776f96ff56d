import type { PrintedTicket, TicketFacts } from './facts';
import { openPaper, sheet, type Paper } from './paper';
import { seatInWords } from './seat';
import { fill, wordsOf, type TicketWords } from './words';
import { localeOf, runsToTheLeft } from './languages';
import { whenAtVenue } from './when';

const card = {
  x: sheet.margin,
  y: sheet.margin,
  width: sheet.width - 2 * sheet.margin,
  height: 384,
  radius: 10,
};
const band = 40;
const stub = { width: 214, qr: 198 };
const inset = 24;

/** Tickets as PDF, A4, one page each, the ticket on the upper half so that the sheet folds. The same facts give the same bytes. */
export async function ticketPaper(facts: TicketFacts): Promise<Uint8Array> {
  const locale = localeOf(facts.locale);
  const words = wordsOf(locale).ticket;
  const paper = await openPaper({
    title: facts.event.title,
    at: facts.issuedAt,
    locale,
    mirrored: runsToTheLeft(locale),
  });
  const page: TicketSheet = { paper, words, locale };
  facts.tickets.forEach((ticket, i) => {
    paper.page();
    drawHeading(page, i + 1, facts.tickets.length);
    drawDetails(page, facts, ticket);
    drawStub(page, ticket);
    drawAdvice(page);
  });
  return paper.end();
}

/** What each part of a ticket is drawn on, and with. */
interface TicketSheet {
  readonly paper: Paper;
  readonly words: TicketWords;
  readonly locale: string;
}

function drawHeading({ paper, words, locale }: TicketSheet, number: number, of: number): void {
  paper.band(card.x, card.y, card.width, band, card.radius);
  paper.frame(card.x, card.y, card.width, card.height, card.radius);
  const white = { size: 13, weight: 'bold', colour: '#fff', width: card.width - 2 * inset } as const;
  const digits = new Intl.NumberFormat(locale);
  const which = { number: digits.format(number), of: digits.format(of) };
  paper.text(card.x + inset, card.y + 11, words.heading.toLocaleUpperCase(locale), white);
  paper.text(card.x + inset, card.y + 11, of === 1 ? words.admitsOne : fill(words.oneOf, which), {
    ...white,
    weight: 'regular',
    align: 'right',
  });
}

function drawDetails(
  { paper, words, locale }: TicketSheet,
  { event }: TicketFacts,
  ticket: PrintedTicket,
): void {
  const x = card.x + inset;
  const width = card.width - stub.width - 2 * inset;
  const when = whenAtVenue(event, locale);
  const fact = (
    y: number,
    label: string,
    headline: string,
    detail: string,
    maxLines: number,
    detailLines = maxLines,
  ): number => {
    const top = paper.text(x, y, label.toLocaleUpperCase(locale), {
      size: 7.5,
      weight: 'bold',
      colour: '#555',
      width,
    });
    const next = paper.text(x, top + 1, headline, { size: 11.5, weight: 'bold', width, maxLines });
    return (
      (detail === '' ? next : paper.text(x, next, detail, { size: 9.5, width, maxLines: detailLines })) + 11
    );
  };
  let y =
    paper.text(x, card.y + band + 20, event.title, { size: 21, weight: 'bold', width, maxLines: 3 }) + 12;
  y = fact(y, words.when, when.date, `${when.time} (${when.zone})`, 1);
  y = fact(y, words.where, event.venueName, event.venueAddress, 2);
  y =
    ticket.seat === undefined
      ? fact(y, words.kind, ticket.ticketTypeName, '', 2)
      : fact(y, words.seat, seatInWords(ticket.seat, words.place), ticket.ticketTypeName, 2, 1);
  fact(y, words.name, ticket.holder, '', 1);
}

function drawStub({ paper, words, locale }: TicketSheet, { code, ticketId }: PrintedTicket): void {
  const x = card.x + card.width - stub.width;
  paper.rule(x, card.y + band, x, card.y + card.height, { dashed: true });
  const left = x + (stub.width - stub.qr) / 2;
  const top = card.y + band + 56;
  paper.qr(left, top, stub.qr, code);
  const caption = { width: stub.width - inset, align: 'centre' } as const;
  paper.text(x + inset / 2, top - 20, words.show, {
    ...caption,
    size: 9.5,
    weight: 'bold',
  });
  const next = paper.text(x + inset / 2, top + stub.qr + 8, words.ticketNumber.toLocaleUpperCase(locale), {
    ...caption,
    size: 7,
    colour: '#555',
  });
  paper.text(x + inset / 2, next, ticketId, { ...caption, size: 7.5, maxLines: 2 });
}

function drawAdvice({ paper, words }: TicketSheet): void {
  const fold = sheet.height / 2 + 28;
  paper.rule(sheet.margin, fold, sheet.width - sheet.margin, fold, { thick: 0.5, dashed: true });
  let y = fold + 22;
  for (const line of words.advice)
    y = paper.text(sheet.margin, y, line, { size: 9, colour: '#333', width: card.width, maxLines: 2 }) + 5;
}
