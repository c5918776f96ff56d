import { atLocalTime, fromMilliseconds, isTimeZone, type Instant } from '@boxoffice/shared/kernel';
import ICAL from 'ical.js';
import type { ImportDefaults, ImportedEvent, ImportEntry } from './imported-event';

/**
 * RFC 5545: each VEVENT is one event. A calendar says nothing of tickets or currencies, so these become drafts, priced by hand.
 * Throws Error when the file as a whole is no calendar.
 */
export function readCalendar(text: string, defaults: ImportDefaults): readonly ImportEntry[] {
  const calendar = new ICAL.Component(ICAL.parse(text) as unknown[]);
  if (calendar.name !== 'vcalendar') throw new Error(`no VCALENDAR but ${calendar.name.toUpperCase()}`);
  const calendarZone = calendar.getFirstPropertyValue('x-wr-timezone');
  const zone =
    typeof calendarZone === 'string' && isTimeZone(calendarZone) ? calendarZone : defaults.timeZone;
  return calendar
    .getAllSubcomponents('vevent')
    .map((vevent, i) => readEvent(vevent, `entry ${i + 1}`, { ...defaults, timeZone: zone }));
}

function readEvent(vevent: ICAL.Component, where: string, defaults: ImportDefaults): ImportEntry {
  const text = (name: string): string => {
    const value = vevent.getFirstPropertyValue(name);
    return typeof value === 'string' ? value.trim() : '';
  };
  const reasons: string[] = [];
  const title = text('summary');
  if (title === '') reasons.push('SUMMARY is missing');
  const location = text('location');
  const venue = venueOf(location, defaults.country);
  if (!venue) reasons.push('LOCATION is not “name, street, city”, with or without a country code after it');
  if (vevent.hasProperty('rrule'))
    reasons.push('RRULE: recurring entries are not taken; expand them into single entries');
  if (text('status').toUpperCase() === 'CANCELLED') reasons.push('STATUS is CANCELLED');

  const start = momentOf(vevent, 'dtstart', defaults.timeZone);
  const end = momentOf(vevent, 'dtend', defaults.timeZone) ?? lastingFrom(vevent, start?.at);
  if (!start) reasons.push('DTSTART is missing or is a date without a time');
  if (start && !end) reasons.push('DTEND and DURATION are missing');
  if (start && end && end.at <= start.at) reasons.push('DTEND is not after DTSTART');

  if (reasons.length > 0 || !start || !end || !venue) return { refused: { where, title, reasons } };
  return {
    event: {
      where,
      title,
      description: text('description'),
      category: text('categories'),
      venue,
      timeZone: start.timeZone,
      startsAt: start.at,
      endsAt: end.at,
      currency: defaults.currency,
      ticketTypes: [],
    },
  };
}

function venueOf(location: string, country: string): ImportedEvent['venue'] | undefined {
  const [name = '', ...address] = location.split(',').map((part) => part.trim());
  const named = /^[A-Z]{2}$/.test(address.at(-1) ?? '') ? address.pop() : undefined;
  const city = address.pop();
  const street = address.join(', ');
  return name === '' || street === '' || city === undefined
    ? undefined
    : { name, street, city, country: named ?? country };
}

interface Moment {
  readonly at: Instant;
  readonly timeZone: string;
}

function momentOf(vevent: ICAL.Component, name: string, defaultZone: string): Moment | undefined {
  const property = vevent.getFirstProperty(name);
  const time: unknown = property?.getFirstValue();
  if (!(time instanceof ICAL.Time) || time.isDate) return undefined;
  const tzid: unknown = property?.getParameter('tzid');
  // The zone's name counts, not the VTIMEZONE that travels with it: IANA's data is newer.
  if (typeof tzid === 'string' && isTimeZone(tzid)) return zoned(time, tzid);
  if (time.zone === ICAL.Timezone.utcTimezone)
    return { at: fromMilliseconds(time.toJSDate().getTime()), timeZone: defaultZone };
  return zoned(time, defaultZone);
}

function zoned(time: ICAL.Time, timeZone: string): Moment | undefined {
  const pad = (part: number): string => String(part).padStart(2, '0');
  const local = `${time.year}-${pad(time.month)}-${pad(time.day)}T${pad(time.hour)}:${pad(time.minute)}:${pad(time.second)}`;
  const at = atLocalTime(local, timeZone);
  return at === undefined ? undefined : { at, timeZone };
}

function lastingFrom(
  vevent: ICAL.Component,
  start: Instant | undefined,
): { readonly at: Instant } | undefined {
  const duration: unknown = vevent.getFirstPropertyValue('duration');
  if (start === undefined || !(duration instanceof ICAL.Duration)) return undefined;
  return { at: fromMilliseconds(Date.parse(start) + duration.toSeconds() * 1000) };
}
