import { isCurrency, parseInstant, type Instant, type Money } from '@boxoffice/shared/kernel';

/** What a gateway says is not what its API promises. */
export class UnreadableAnswer extends Error {
  override readonly name = 'UnreadableAnswer';
}

/** Whether what was read is not what it should be, as JSON or as an answer. */
export const isUnreadable = (error: unknown): boolean =>
  error instanceof SyntaxError || error instanceof UnreadableAnswer;

export type Json = Readonly<Record<string, unknown>>;

export function object(value: unknown): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new UnreadableAnswer('not an object');
  return value as Json;
}

export function text(json: Json, member: string): string {
  const value = json[member];
  if (typeof value !== 'string' || value === '' || value.length > 2000) throw new UnreadableAnswer(member);
  return value;
}

/** What is kept as a key: ASCII, and short. */
export function identifier(json: Json, member: string, longest: number): string {
  const value = text(json, member);
  if (value.length > longest || !/^[\w.~-]+$/.test(value)) throw new UnreadableAnswer(member);
  return value;
}

export function moment(json: Json, member: string): Instant {
  const at = parseInstant(text(json, member));
  if (at === undefined) throw new UnreadableAnswer(member);
  return at;
}

/** Of a currency in capitals. */
export function amount(amountMinor: unknown, currency: unknown): Money {
  if (!Number.isSafeInteger(amountMinor) || typeof currency !== 'string' || !isCurrency(currency))
    throw new UnreadableAnswer('amount');
  return { amountMinor: amountMinor as number, currency };
}
