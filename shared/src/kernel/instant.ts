/**
 * A moment in UTC as ISO 8601 with milliseconds and `Z`, e.g. `2027-03-01T19:30:00.000Z`.
 * One spelling for one moment, so instants compare with `<`, and JSON, SQL and documents store them as they are.
 */
export type Instant = string & { readonly instant: unique symbol };

export type Duration = {
  days?: number;
  hours?: number;
  minutes?: number;
  seconds?: number;
  milliseconds?: number;
};

/** Any spelling that names a moment exactly (with an offset or `Z`) → its one spelling; undefined when it names none. */
export function parseInstant(text: string): Instant | undefined {
  const exact = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})$/.test(text);
  const milliseconds = exact && dayExists(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(milliseconds) ? undefined : fromMilliseconds(milliseconds);
}

// Date.parse takes 30 February for 2 March.
function dayExists(text: string): boolean {
  const lastOfMonth = new Date(Date.UTC(Number(text.slice(0, 4)), Number(text.slice(5, 7)), 0));
  return Number(text.slice(8, 10)) <= lastOfMonth.getUTCDate();
}

/** A moment written by ourselves; throws when it is not one. */
export function instant(text: string): Instant {
  const parsed = parseInstant(text);
  if (parsed === undefined) throw new Error(`not an instant: ${text}`);
  return parsed;
}

// In a rush thousands ask for the same moment one after another, so each way remembers the latest.
const latestWritten = { milliseconds: Number.NaN, at: '' as Instant };
const latestRead = { at: '' as Instant, milliseconds: Number.NaN };

/** Milliseconds since 1970-01-01T00:00:00Z → instant. */
export function fromMilliseconds(milliseconds: number): Instant {
  if (milliseconds === latestWritten.milliseconds) return latestWritten.at;
  const at = new Date(milliseconds).toISOString() as Instant;
  latestWritten.milliseconds = milliseconds;
  return (latestWritten.at = at);
}

export function toMilliseconds(at: Instant): number {
  if (at === latestRead.at) return latestRead.milliseconds;
  latestRead.at = at;
  return (latestRead.milliseconds = Date.parse(at));
}

export const inMilliseconds = (length: Duration): number =>
  (((length.days ?? 0) * 24 + (length.hours ?? 0)) * 60 + (length.minutes ?? 0)) * 60_000 +
  (length.seconds ?? 0) * 1000 +
  (length.milliseconds ?? 0);

export const after = (at: Instant, length: Duration): Instant =>
  fromMilliseconds(toMilliseconds(at) + inMilliseconds(length));
export const before = (at: Instant, length: Duration): Instant =>
  fromMilliseconds(toMilliseconds(at) - inMilliseconds(length));
