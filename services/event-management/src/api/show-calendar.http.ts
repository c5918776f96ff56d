import { etag, route, type Route } from '@boxoffice/shared/http';
import { publishedAtOf } from '../core/event';
import { eventNotFound } from '../core/refusals';
import type { Showing } from '../core/show-event';
import { calendarOf } from './calendar';

export const showCalendar = (showing: Showing, domain: string): Route =>
  route({
    method: 'GET',
    path: '/events/{eventId}.ics',
    summary: 'A published event for calendars, one that is cancelled since as such',
    access: 'anyone',
    answers: { status: 200, description: 'An iCalendar file.', contentType: 'text/calendar' },
    async handle({ params: { eventId = '' } }) {
      const event = await showing.byId(eventId, undefined);
      if (publishedAtOf(event.status) === undefined) throw eventNotFound();
      const headers = {
        'content-type': 'text/calendar; charset=utf-8',
        'content-disposition': `attachment; filename="${event.slug}.ics"`,
        etag: etag(event.version),
      };
      return { status: 200, headers, bytes: Buffer.from(calendarOf(event, domain)) };
    },
  });
