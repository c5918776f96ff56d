/** White space around it dropped, line ends as `\n`, composed; anything but text stays as it is. */
export function plainText(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plainText);
  return typeof value === 'string' ? value.replace(/\r\n?/g, '\n').trim().normalize('NFC') : value;
}

// Control characters but the line break; overrides, embeddings and isolates of direction (UAX 9); line and paragraph separators.
const neverInText = /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069\u2028\u2029\uFEFF]/;

export function isPlainText(text: string, least: number, most: number, lines: boolean): boolean {
  // Twice the code points is the most code units: a cheap look before the exact one.
  if (text.length > most * 2 || text.length < least) return false;
  if (neverInText.test(text) || !text.isWellFormed() || (!lines && text.includes('\n'))) return false;
  if (text.length <= most && least <= 1) return true;
  const length = Array.from(text).length;
  return length >= least && length <= most;
}

export const isSlug = (text: string): boolean => text.length <= 80 && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(text);

const zones = new Map<string, boolean>();

export function isTimeZone(name: string): boolean {
  const known = zones.get(name);
  if (known !== undefined) return known;
  // The runtime also takes offsets and any case; others, calendars above all, do not.
  const answer = /^(UTC|[A-Z][A-Za-z]+(\/[A-Z][A-Za-z0-9_+-]*)+)$/.test(name) && runtimeKnows(name);
  if (zones.size < 2000) zones.set(name, answer);
  return answer;
}

function runtimeKnows(timeZone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).format(0) !== '';
  } catch {
    return false;
  }
}
