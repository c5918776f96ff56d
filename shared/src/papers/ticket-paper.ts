import type { PrintedTicket, TicketFacts } from './facts';
import { openPaper, sheet, type Paper } from './paper';
import { seatInWords } from './seat';
import { defaultLocale, whenAtVenue } from './when';

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
  const locale = facts.locale ?? defaultLocale;
  const paper = await openPaper({ title: facts.event.title, at: facts.issuedAt, locale });
  facts.tickets.forEach((ticket, i) => {
    paper.page();
    drawHeading(paper, i + 1, facts.tickets.length);
    drawDetails(paper, facts, ticket, locale);
    drawStub(paper, ticket);
    drawAdvice(paper);
  });
  return paper.end();
}

function drawHeading(paper: Paper, number: number, of: number): void {
  paper.band(card.x, card.y, card.width, band, card.radius);
  paper.frame(card.x, card.y, card.width, card.height, card.radius);
  const white = { size: 13, weight: 'bold', colour: '#fff', width: card.width - 2 * inset } as const;
  paper.text(card.x + inset, card.y + 11, 'TICKET', white);
  paper.text(card.x + inset, card.y + 11, of === 1 ? 'Admits one' : `${number} of ${of} · admits one`, {
    ...white,
    weight: 'regular',
    align: 'right',
  });
}

function drawDetails(paper: Paper, { event }: TicketFacts, ticket: PrintedTicket, locale: string): void {
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
    const top = paper.text(x, y, label.toUpperCase(), { size: 7.5, weight: 'bold', colour: '#555', width });
    const next = paper.text(x, top + 1, headline, { size: 11.5, weight: 'bold', width, maxLines });
    return (
      (detail === '' ? next : paper.text(x, next, detail, { size: 9.5, width, maxLines: detailLines })) + 11
    );
  };
  let y =
    paper.text(x, card.y + band + 20, event.title, { size: 21, weight: 'bold', width, maxLines: 3 }) + 12;
  y = fact(y, 'When', when.date, `${when.time} (${when.zone})`, 1);
  y = fact(y, 'Where', event.venueName, event.venueAddress, 2);
  y =
    ticket.seat === undefined
      ? fact(y, 'Ticket', ticket.ticketTypeName, '', 2)
      : fact(y, 'Seat', seatInWords(ticket.seat), ticket.ticketTypeName, 2, 1);
  fact(y, 'Name', ticket.holder, '', 1);
}

function drawStub(paper: Paper, { code, ticketId }: PrintedTicket): void {
  const x = card.x + card.width - stub.width;
  paper.rule(x, card.y + band, x, card.y + card.height, { dashed: true });
  const left = x + (stub.width - stub.qr) / 2;
  const top = card.y + band + 56;
  paper.qr(left, top, stub.qr, code);
  const caption = { width: stub.width - inset, align: 'centre' } as const;
  paper.text(x + inset / 2, top - 20, 'Show this code at the door', {
    ...caption,
    size: 9.5,
    weight: 'bold',
  });
  const next = paper.text(x + inset / 2, top + stub.qr + 8, 'TICKET NUMBER', {
    ...caption,
    size: 7,
    colour: '#555',
  });
  paper.text(x + inset / 2, next, ticketId, { ...caption, size: 7.5, maxLines: 2 });
}

const advice = [
  'Print this page, or show it on a screen with its brightness up. Black and white is fine; fold along the dashed line.',
  'The code lets one person in, once. Whoever shows it first is let in, so keep it to yourself and out of photographs.',
  'Can’t scan it? The people at the door find your ticket by the number beneath the code.',
] as const;

function drawAdvice(paper: Paper): void {
  const fold = sheet.height / 2 + 28;
  paper.rule(sheet.margin, fold, sheet.width - sheet.margin, fold, { thick: 0.5, dashed: true });
  let y = fold + 22;
  for (const line of advice)
    y = paper.text(sheet.margin, y, line, { size: 9, colour: '#333', width: card.width, maxLines: 2 }) + 5;
}
