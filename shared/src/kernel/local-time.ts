import { fromMilliseconds, type Instant } from './instant';

const formats = new Map<string, Intl.DateTimeFormat>();

/** The wall clock of `timeZone` (IANA) at a moment, as if it were UTC: milliseconds since 1970. Throws RangeError for an unknown zone. */
function wallClock(milliseconds: number, timeZone: string): number {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    formats.set(timeZone, format);
  }
  const part: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
  for (const { type, value } of format.formatToParts(milliseconds)) part[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/**
 * The moment at which the wall clocks of `timeZone` show `local` (`2027-03-01T19:30` or with seconds). Where clocks go back and show
 * it twice, the earlier; where they jump over it, as much later as they jumped. Undefined when `local` is no date and time.
 */
export function atLocalTime(local: string, timeZone: string): Instant | undefined {
  const [, date, time, seconds = ':00'] = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(:\d{2})?$/.exec(local) ?? [];
  if (date === undefined || time === undefined) return undefined;
  const wanted = Date.parse(`${date}T${time}${seconds}Z`);
  if (Number.isNaN(wanted) || new Date(wanted).toISOString().slice(0, 10) !== date) return undefined;
  // The offsets of a day before and a day after are the only two that can hold around the moment itself.
  const day = 86_400_000;
  const before = wallClock(wanted - day, timeZone) - (wanted - day);
  const after = wallClock(wanted + day, timeZone) - (wanted + day);
  const fits = [wanted - before, wanted - after].filter((moment) => wallClock(moment, timeZone) === wanted);
  return fromMilliseconds(fits.length > 0 ? Math.min(...fits) : wanted - before);
}

/** The wall clock of `timeZone` at a moment: `2027-03-01T19:30:00`. */
export const localTime = (at: Instant, timeZone: string): string =>
  new Date(wallClock(Date.parse(at), timeZone)).toISOString().slice(0, 19);

/** The same with what it is ahead of UTC: `2027-03-01T19:30:00+01:00`. */
export function offsetTime(at: Instant, timeZone: string): string {
  const local = localTime(at, timeZone);
  const minutes = Math.round((Date.parse(`${local}Z`) - Date.parse(at)) / 60_000);
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  const digits = (count: number): string => String(count).padStart(2, '0');
  return `${local}${minutes < 0 ? '-' : '+'}${digits(hours)}:${digits(rest)}`;
}

export function isTimeZone(name: string): boolean {
  try {
    wallClock(0, name);
    return true;
  } catch {
    return false;
  }
}
