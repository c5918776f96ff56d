import { describe, expect, it } from '@jest/globals';
import { adasTicket, inHand } from '../../../test/ticket-in-hand';
import { applePass } from './apple-pass';
import { passFactsOf } from './pass-facts';

interface Pass {
  readonly eventTicket: Readonly<Record<string, readonly Field[]>>;
  readonly semantics: Readonly<Record<string, unknown>>;
}
interface Field {
  readonly key: string;
  readonly label: string;
  readonly value: string;
  readonly ignoresTimeZone?: boolean;
}

const issuer = { passTypeId: 'pass.org.example.tickets', teamId: 'A1B2C3D4E5', seller: 'Konzerthaus' };
const passOf = (changes: { readonly seat?: string } = {}) =>
  applePass(passFactsOf(inHand(changes), 'Ada Lovelace'), issuer) as Pass;
const fieldsOf = ({ eventTicket }: Pass) => Object.values(eventTicket).flat();
const labelled = (pass: Pass) => Object.fromEntries(fieldsOf(pass).map(({ label, value }) => [label, value]));

describe('a pass for Apple Wallet', () => {
  it('has what every pass must have, and the ticket as its serial number', () => {
    expect(passOf()).toMatchObject({
      formatVersion: 1,
      passTypeIdentifier: issuer.passTypeId,
      teamIdentifier: issuer.teamId,
      serialNumber: adasTicket().ticketId,
      organizationName: 'Konzerthaus',
      description: 'Ticket: Winterreise by candlelight',
    });
  });

  it('shows the ticket’s code as a QR code, in an encoding that has each of its characters', () => {
    const { code, ticketId } = adasTicket();
    expect(passOf()).toMatchObject({
      barcodes: [
        { format: 'PKBarcodeFormatQR', message: code, messageEncoding: 'iso-8859-1', altText: ticketId },
      ],
    });
    expect(Buffer.from(code, 'latin1').toString('latin1')).toBe(code);
  });

  it('says what, where and for whom', () => {
    expect(labelled(passOf())).toMatchObject({
      Event: 'Winterreise by candlelight',
      Venue: 'Konzerthaus, Schubert-Saal',
      Address: 'Lothringerstraße 20, 1030 Wien, AT',
      Ticket: 'Stalls',
      Name: 'Ada Lovelace',
      'Ticket number': adasTicket().ticketId,
    });
    expect(passOf().semantics).toMatchObject({
      eventName: 'Winterreise by candlelight',
      attendeeName: 'Ada Lovelace',
    });
  });

  it('says when by the clocks at the venue, to a whole second, wherever the phone is', () => {
    const pass = passOf();
    const starts = '2027-07-12T19:30:00+02:00';
    expect(pass).toMatchObject({ relevantDate: starts });
    expect(pass.semantics).toMatchObject({
      eventStartDate: starts,
      eventEndDate: '2027-07-12T21:15:00+02:00',
    });
    expect(labelled(pass)).toMatchObject({ Date: starts, Starts: starts, Ends: '2027-07-12T21:15:00+02:00' });
    const dated = fieldsOf(pass).filter(({ value }) => value.startsWith('2027-'));
    expect(dated.map(({ ignoresTimeZone }) => ignoresTimeZone)).toEqual([true, true, true]);
  });

  it('names the seat where there is one', () => {
    const pass = passOf({ seat: 'Parterre left/C/14' });
    expect(labelled(pass)).toMatchObject({ Section: 'Parterre left', Row: 'C', Seat: '14' });
    expect(pass.semantics['seats']).toEqual([
      { seatSection: 'Parterre left', seatRow: 'C', seatNumber: '14' },
    ]);
    expect(labelled(passOf())).not.toHaveProperty('Seat');
    expect(passOf().semantics).not.toHaveProperty('seats');
  });

  it('has no more fields in a row than a phone shows, and no key twice', () => {
    const { eventTicket } = passOf({ seat: 'A/1/1' });
    expect(eventTicket['headerFields']!.length).toBeLessThanOrEqual(3);
    expect(eventTicket['primaryFields']).toHaveLength(1);
    for (const row of ['secondaryFields', 'auxiliaryFields'])
      expect(eventTicket[row]!.length).toBeLessThanOrEqual(4);
    const keys = Object.values(eventTicket).flatMap((fields) => fields.map(({ key }) => key));
    expect(new Set(keys).size).toBe(keys.length);
  });
});
