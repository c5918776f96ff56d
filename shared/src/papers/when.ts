import { toMilliseconds, type Instant } from '../kernel';

/** Dates as an Englishman in Vienna would write them: day before month, 24 hours. */
export const defaultLocale = 'en-GB';

export interface When {
  /** `Friday, 12 February 2027` */
  readonly date: string;
  /** `19:30 – 21:15 CET`; the end carries its date where that is another day. */
  readonly time: string;
  /** `Europe/Vienna` */
  readonly zone: string;
}

interface Span {
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly timeZone: string;
}

/** An event's beginning and end on the clocks at its venue. */
export function whenAtVenue({ startsAt, endsAt, timeZone }: Span, locale: string = defaultLocale): When {
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeZone });
  const clock = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', timeZone });
  const start = toMilliseconds(startsAt);
  const end = toMilliseconds(endsAt);
  const sameDay = day.format(start) === day.format(end);
  const shortDay = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone });
  const until = sameDay ? clock.format(end) : `${shortDay.format(end)}, ${clock.format(end)}`;
  return {
    date: day.format(start),
    time: `${clock.format(start)} – ${until} ${zoneName(start, timeZone, locale)}`,
    zone: timeZone,
  };
}

/** `5 January 2027, 11:21 CET` */
export function momentAt(at: Instant, timeZone: string, locale: string = defaultLocale): string {
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short', timeZone });
  return `${moment.format(toMilliseconds(at))} ${zoneName(toMilliseconds(at), timeZone, locale)}`;
}

/** `5 January 2027` */
export const dayAt = (at: Instant, timeZone: string, locale: string): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone }).format(toMilliseconds(at));

function zoneName(at: number, timeZone: string, locale: string): string {
  const parts = new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: 'short' }).formatToParts(at);
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
}
