import { describe, expect, it } from '@jest/globals';
import { instant } from '@boxoffice/shared/kernel';
import ical from 'ical.js';
import type { Event } from '../core/event';
import { calendarOf } from './calendar';

const event: Event = {
  eventId: '01jv0h5c9n3yq8t6w2b4d7f1ga',
  organizerId: 'olivia',
  version: 4,
  status: { is: 'published', publishedAt: instant('2027-01-04T09:00:00Z') },
  slug: 'winterreise',
  details: {
    title: 'Commas, semicolons; and \\ “backslashes” – 銀河鉄道の夜'.repeat(3),
    summary: '',
    description: 'First line\nBEGIN:VEVENT\n\nlast, line; 👩‍👩‍👧',
    startsAt: instant('2027-02-12T18:30:00Z'),
    endsAt: instant('2027-02-12T20:15:00Z'),
    holdMinutes: 15,
    currency: 'EUR',
  },
  place: {
    venueId: '',
    name: 'Konzerthaus',
    address: 'Lothringerstraße 20, 1030 Wien, AT',
    city: 'Wien',
    country: 'AT',
    timeZone: 'Europe/Vienna',
  },
  category: { categoryId: '', name: 'Classical' },
  ticketTypes: [],
  pools: [],
  seating: undefined,
  terms: {},
  discounts: [],
  createdAt: instant('2027-01-04T09:00:00Z'),
};

describe('an event as a calendar file', () => {
  const text = calendarOf(event, 'tickets.example');

  it('says to another reader what the event says', () => {
    const [entry, ...others] = new ical.Component(ical.parse(text) as never).getAllSubcomponents('vevent');
    expect(others).toEqual([]);
    const read = new ical.Event(entry);
    expect(read.summary).toBe(event.details.title);
    expect(read.description).toBe(event.details.description);
    expect(read.startDate.toJSDate().toISOString()).toBe(event.details.startsAt);
    expect(read.endDate.toJSDate().toISOString()).toBe(event.details.endsAt);
    expect(read.uid).toBe('01jv0h5c9n3yq8t6w2b4d7f1ga@tickets.example');
    expect(read.sequence).toBe(4);
  });

  it('says that it is held, or that it was cancelled, and when that was said', () => {
    expect(text).toContain('DTSTAMP:20270104T090000Z\r\n');
    expect(text).toContain('STATUS:CONFIRMED\r\n');
    const [publishedAt, cancelledAt] = [instant('2027-01-04T09:00:00Z'), instant('2027-02-01T10:00:00Z')];
    const status = { is: 'cancelled', reason: 'Nobody sings.', publishedAt, cancelledAt } as const;
    const cancelled = calendarOf({ ...event, version: 5, status }, 'tickets.example');
    expect(cancelled).toContain('DTSTAMP:20270201T100000Z\r\n');
    expect(cancelled).toContain('STATUS:CANCELLED\r\n');
  });

  it('has no line of more than 75 octets, and breaks none within a character', () => {
    for (const line of text.split('\r\n')) {
      expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
      expect(line.isWellFormed()).toBe(true);
    }
  });
});
