import { isUtf8 } from 'node:buffer';
import { Problem } from './problem';

/** How deep arrays and objects may nest in a body. */
export const deepest = 32;

/** Bytes → value. Throws a Problem: 400 saying where it is not JSON, 413 where it nests too deep. */
export function parseJson(bytes: Uint8Array): unknown {
  if (!isUtf8(bytes)) throw malformed('The body is not UTF-8.');
  const text = asText(bytes);
  let value: unknown;
  try {
    value = JSON.parse(text) as unknown;
  } catch (error) {
    const { line, column } = whereItBreaks(text, error);
    throw malformed(`The body is not JSON: it breaks at line ${line}, column ${column}.`, { line, column });
  }
  if (nestsDeeperThan(value, deepest))
    throw new Problem(413, 'body-too-deep', `The body nests deeper than ${deepest} levels.`);
  return value;
}

/**
 * One spelling of a JSON value, for hashing: members sorted, strings by their length instead of in quotes, so that nothing
 * need be escaped and no two values are spelt alike. Clients that write their body anew for each attempt may order it
 * otherwise; it is still the same request.
 */
export function canonical(value: unknown): string {
  if (typeof value === 'string') return `${value.length}:${value}`;
  if (typeof value !== 'object' || value === null) return `=${String(value)};`;
  let text: string;
  if (Array.isArray(value)) {
    text = '[';
    for (const item of value) text += canonical(item);
    return `${text}]`;
  }
  const members = value as Record<string, unknown>;
  text = '{';
  for (const name of sorted(Object.keys(members)))
    text += `${name.length}:${name}${canonical(members[name])}`;
  return `${text}}`;
}

// Most objects have a few members, many of them in this order already: for those sort() is a long way round.
function sorted(names: string[]): string[] {
  if (names.length > 16) return names.sort();
  for (let i = 1; i < names.length; i++) {
    const name = names[i] ?? '';
    let at = i;
    for (; at > 0 && (names[at - 1] ?? '') > name; at--) names[at] = names[at - 1] ?? '';
    names[at] = name;
  }
  return names;
}

const malformed = (detail: string, facts = {}): Problem => new Problem(400, 'malformed-json', detail, facts);

const asText = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');

function nestsDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  for (const member of Array.isArray(value) ? (value as unknown[]) : Object.values(value)) {
    if (typeof member === 'object' && nestsDeeperThan(member, levels - 1)) return true;
  }
  return false;
}

/** Lines and columns count from 1. */
function whereItBreaks(text: string, error: unknown): { line: number; column: number } {
  const upTo = text.slice(0, offsetOf(text, message(error)));
  const lastBreak = upTo.lastIndexOf('\n');
  return { line: upTo.split('\n').length, column: upTo.length - lastBreak };
}

function offsetOf(text: string, said: string): number {
  const position = /at position (\d+)/.exec(said)?.[1];
  if (position !== undefined) return Number(position);
  if (!isUnexpectedToken(said)) return text.length;
  // The runtime names the unexpected character, not its place. It is the last of the shortest beginning that fails so.
  let fine = 0;
  let broken = text.length;
  while (broken - fine > 1) {
    const middle = (fine + broken) >> 1;
    if (breaksAtAToken(text.slice(0, middle))) broken = middle;
    else fine = middle;
  }
  return fine;
}

function breaksAtAToken(text: string): boolean {
  try {
    JSON.parse(text);
    return false;
  } catch (error) {
    return isUnexpectedToken(message(error));
  }
}

const isUnexpectedToken = (said: string): boolean => said.startsWith('Unexpected token');
const message = (error: unknown): string => (error instanceof Error ? error.message : '');
