import { describe, expect, it } from '@jest/globals';
import { concert, eventId } from '../../../test/season';
import { adasTicket, inHand } from '../../../test/ticket-in-hand';
import { googlePass } from './google-pass';
import { passFactsOf } from './pass-facts';

interface Pass {
  readonly eventTicketClasses: readonly Readonly<Record<string, unknown>>[];
  readonly eventTicketObjects: readonly Readonly<Record<string, unknown>>[];
}

const issuer = { issuerId: '3388000000022195611', seller: 'Konzerthaus' };
const passOf = (ticket = inHand()) => googlePass(passFactsOf(ticket, 'Ada Lovelace'), issuer) as Pass;
const text = (value: string) => ({ defaultValue: { language: 'en', value } });

describe('a pass for Google Wallet', () => {
  it('describes the event in a class, by the clocks at the venue', () => {
    expect(passOf().eventTicketClasses).toEqual([
      {
        id: `${issuer.issuerId}.${eventId}.7`,
        eventId,
        issuerName: 'Konzerthaus',
        reviewStatus: 'UNDER_REVIEW',
        eventName: text('Winterreise by candlelight'),
        venue: {
          name: text('Konzerthaus, Schubert-Saal'),
          address: text('Lothringerstraße 20, 1030 Wien, AT'),
        },
        dateTime: { start: '2027-07-12T19:30:00+02:00', end: '2027-07-12T21:15:00+02:00' },
      },
    ]);
  });

  it('describes the ticket in an object of that class', () => {
    const { ticketId, code } = adasTicket();
    expect(passOf().eventTicketObjects).toEqual([
      {
        id: `${issuer.issuerId}.${ticketId}`,
        classId: passOf().eventTicketClasses[0]!['id'],
        state: 'ACTIVE',
        barcode: { type: 'QR_CODE', value: code },
        ticketHolderName: 'Ada Lovelace',
        ticketNumber: ticketId,
        ticketType: text('Stalls'),
      },
    ]);
  });

  it('names the seat where there is one', () => {
    expect(passOf(inHand({ seat: 'Parterre left/C/14' })).eventTicketObjects[0]).toMatchObject({
      seatInfo: { section: text('Parterre left'), row: text('C'), seat: text('14') },
    });
  });

  it('puts what has changed into another class of the same event: Google keeps the first as it was', () => {
    const moved = passOf({ ...inHand(), event: concert({ version: 8 }) });
    expect(moved.eventTicketClasses[0]).toMatchObject({ id: `${issuer.issuerId}.${eventId}.8`, eventId });
    expect(moved.eventTicketObjects[0]).toMatchObject({ id: passOf().eventTicketObjects[0]!['id'] });
  });

  it('has ids of the characters that Google takes', () => {
    const { eventTicketClasses, eventTicketObjects } = passOf();
    for (const { id } of [...eventTicketClasses, ...eventTicketObjects]) expect(id).toMatch(/^\d+\.[\w.-]+$/);
  });
});
