import type { Instant } from '@boxoffice/shared/kernel';
import { publishedAtOf, type Event } from '../core/event';

/** An event as an iCalendar file (RFC 5545). `domain` makes its UID unique in the world. */
export function calendarOf(event: Event, domain: string): string {
  const { title, summary, description, startsAt, endsAt } = event.details;
  const about = [summary, description].filter((text) => text !== '').join('\n\n');
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Boxoffice//Events//EN',
    'METHOD:PUBLISH',
    'BEGIN:VEVENT',
    `UID:${event.eventId}@${domain}`,
    `SEQUENCE:${event.version}`,
    `DTSTAMP:${utc(saidAt(event))}`,
    // In UTC no calendar needs the rules of the venue's zone to get the moment right.
    `DTSTART:${utc(startsAt)}`,
    `DTEND:${utc(endsAt)}`,
    `SUMMARY:${escaped(title)}`,
    ...(about === '' ? [] : [`DESCRIPTION:${escaped(about)}`]),
    `LOCATION:${escaped(`${event.place.name}, ${event.place.address}`)}`,
    `CATEGORIES:${escaped(event.category.name)}`,
    `STATUS:${event.status.is === 'cancelled' ? 'CANCELLED' : 'CONFIRMED'}`,
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

function saidAt({ status, createdAt }: Event): Instant {
  if (status.is === 'cancelled') return status.cancelledAt;
  return publishedAtOf(status) ?? createdAt;
}

/** `2027-02-12T18:30:00.000Z` → `20270212T183000Z` */
const utc = (at: Instant): string => at.replace(/\.\d{3}/, '').replaceAll(/[-:]/g, '');

const escaped = (text: string): string => text.replaceAll(/[\\;,]/g, '\\$&').replaceAll('\n', '\\n');

/** Lines of at most 75 octets, never broken within a character; each but the first begins with a space. */
function folded(line: string): string {
  const pieces: string[] = [];
  let piece = '';
  let octets = 0;
  for (const character of line) {
    const more = Buffer.byteLength(character);
    if (octets + more > 75) {
      pieces.push(piece);
      piece = ' ';
      octets = 1;
    }
    piece += character;
    octets += more;
  }
  return [...pieces, piece].join('\r\n');
}
