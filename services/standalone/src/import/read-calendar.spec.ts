import { describe, expect, it } from '@jest/globals';
import { readCalendar } from './read-calendar';

const defaults = { timeZone: 'Europe/Vienna', currency: 'EUR', country: 'AT' };
const calendar = (...events: string[][]) =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:test',
    ...events.flatMap((lines) => ['BEGIN:VEVENT', ...lines, 'END:VEVENT']),
    'END:VCALENDAR',
  ].join('\r\n');
const good = [
  'UID:1',
  'SUMMARY:Fado\\, at last',
  'LOCATION:Casa\\, Rua 1\\, Lisboa\\, PT',
  'DTSTART;TZID=Europe/Lisbon:20270701T210000',
  'DTEND;TZID=Europe/Lisbon:20270701T223000',
];
const without = (name: string) => good.filter((line) => !line.startsWith(name));

describe('a calendar of events', () => {
  it('is read on the clock that each entry names', () => {
    expect(
      readCalendar(calendar([...good, 'DESCRIPTION:Two\\nlines', 'CATEGORIES:Concerts']), defaults),
    ).toEqual([
      {
        event: {
          where: 'entry 1',
          title: 'Fado, at last',
          description: 'Two\nlines',
          category: 'Concerts',
          venue: { name: 'Casa', street: 'Rua 1', city: 'Lisboa', country: 'PT' },
          timeZone: 'Europe/Lisbon',
          startsAt: '2027-07-01T20:00:00.000Z',
          endsAt: '2027-07-01T21:30:00.000Z',
          currency: 'EUR',
          ticketTypes: [],
        },
      },
    ]);
  });

  it('takes UTC, floating times in the default zone, and durations', () => {
    const [utc, floating] = readCalendar(
      calendar(
        [...without('DT'), 'DTSTART:20270701T200000Z', 'DURATION:PT1H30M'],
        [...without('DT'), 'DTSTART:20270701T210000', 'DTEND:20270701T220000'],
      ),
      defaults,
    );
    expect(utc).toMatchObject({
      event: { startsAt: '2027-07-01T20:00:00.000Z', endsAt: '2027-07-01T21:30:00.000Z' },
    });
    expect(floating).toMatchObject({
      event: { startsAt: '2027-07-01T19:00:00.000Z', timeZone: 'Europe/Vienna' },
    });
  });

  it('refuses an entry with every reason, and takes its neighbours', () => {
    const entries = readCalendar(
      calendar(['UID:2', 'DTSTART;VALUE=DATE:20270701', 'RRULE:FREQ=DAILY', 'STATUS:CANCELLED'], good),
      defaults,
    );
    expect(entries[0]).toEqual({
      refused: {
        where: 'entry 1',
        title: '',
        reasons: [
          'SUMMARY is missing',
          'LOCATION is not “name, street, city”, with or without a country code after it',
          'RRULE: recurring entries are not taken; expand them into single entries',
          'STATUS is CANCELLED',
          'DTSTART is missing or is a date without a time',
        ],
      },
    });
    expect(entries[1]).toHaveProperty('event');
  });

  it.each(['', 'title,venue', 'BEGIN:VCARD\r\nEND:VCARD'])('throws on what is no calendar: “%s”', (text) => {
    expect(() => readCalendar(text, defaults)).toThrow();
  });
});
