import { fromMilliseconds, idPattern, toMilliseconds, type Instant } from '../kernel';

/** What a hold token vouches for: this buyer has these tickets set aside until then. */
export interface HoldClaims {
  /** `<eventId>-<suffix>` */
  readonly holdId: string;
  readonly eventId: string;
  readonly userId: string;
  readonly lines: readonly { readonly ticketTypeId: string; readonly quantity: number }[];
  readonly expiresAt: Instant;
}

/** Claims as JSON: `[holdId, userId, [[ticketTypeId, quantity], …], expiry in milliseconds]`. */
export function writeClaims({ holdId, userId, lines, expiresAt }: HoldClaims): string {
  const tuples = lines.map((line) => [line.ticketTypeId, line.quantity]);
  return JSON.stringify([holdId, userId, tuples, toMilliseconds(expiresAt)]);
}

/** Undefined where the text is none of theirs. */
export function readClaims(content: string): HoldClaims | undefined {
  const read = parse(content);
  if (!Array.isArray(read) || read.length !== 4) return undefined;
  const [holdId, userId, lines, expiry] = read as unknown[];
  if (typeof holdId !== 'string' || typeof userId !== 'string' || !Array.isArray(lines)) return undefined;
  if (!Number.isSafeInteger(expiry) || !idPattern.test(holdId.slice(0, 26)) || holdId[26] !== '-')
    return undefined;
  const readLines = (lines as unknown[]).map(readLine);
  if (readLines.length === 0 || !readLines.every((line) => line !== undefined)) return undefined;
  return {
    holdId,
    eventId: holdId.slice(0, 26),
    userId,
    lines: readLines,
    expiresAt: fromMilliseconds(expiry as number),
  };
}

function readLine(line: unknown): HoldClaims['lines'][number] | undefined {
  if (!Array.isArray(line) || line.length !== 2) return undefined;
  const [ticketTypeId, quantity] = line as unknown[];
  if (typeof ticketTypeId !== 'string' || !Number.isSafeInteger(quantity) || (quantity as number) < 1)
    return undefined;
  return { ticketTypeId, quantity: quantity as number };
}

function parse(content: string): unknown {
  try {
    return JSON.parse(content) as unknown;
  } catch {
    return undefined;
  }
}
