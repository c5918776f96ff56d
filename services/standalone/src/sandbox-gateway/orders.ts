import { isCurrency, parseInstant } from '@boxoffice/shared/kernel';
import { outcomes, SandboxRefusal, type NewPayment, type NewRefund, type Outcome } from './payments';

type Json = Readonly<Record<string, unknown>>;

/** The body of POST payments; a SandboxRefusal names the first member that is not as it must be. */
export function readNewPayment(text: string): NewPayment {
  const json = object(text);
  const returnUrl = line(json, 'returnUrl', 2000);
  if (!/^https?:$/.test(URL.parse(returnUrl)?.protocol ?? '')) throw wrong('returnUrl');
  const expiresAt = parseInstant(line(json, 'expiresAt', 40));
  if (expiresAt === undefined) throw wrong('expiresAt');
  const description = line(json, 'description', 1000);
  return {
    clientReference: line(json, 'clientReference', 100),
    ...amount(json),
    description,
    returnUrl,
    expiresAt,
    capture: captureOf(json),
  };
}

/** The body of POST refunds. */
export function readNewRefund(text: string): NewRefund {
  const json = object(text);
  return {
    clientReference: line(json, 'clientReference', 100),
    payment: line(json, 'payment', 100),
    ...amount(json),
  };
}

export function readOutcome(value: string): Outcome {
  const outcome = outcomes.find((name) => name === value);
  if (outcome === undefined) throw new SandboxRefusal(422, `An outcome is one of: ${outcomes.join(', ')}.`);
  return outcome;
}

/** A form's field `seconds`: how late; undefined where it is left empty. */
export function readSeconds(value: string): number | undefined {
  if (value.trim() === '') return undefined;
  if (!/^\d{1,6}$/.test(value.trim()))
    throw new SandboxRefusal(422, 'Seconds are a whole number of at most six digits.');
  return Number(value);
}

const wrong = (member: string): SandboxRefusal =>
  new SandboxRefusal(422, `${member} is missing, or not what it must be.`);

function object(text: string): Json {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw wrong('The body, as JSON,');
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    throw wrong('The body, as an object,');
  return json as Json;
}

function line(json: Json, member: string, longest: number): string {
  const value = json[member];
  if (typeof value !== 'string' || value === '' || value.length > longest) throw wrong(member);
  return value;
}

function captureOf({ capture }: Json): 'at-once' | 'later' {
  if (capture === undefined || capture === 'at-once') return 'at-once';
  if (capture !== 'later') throw wrong('capture');
  return capture;
}

/** The body of POST capture. */
export function readCapture(text: string): { amountMinor: number; currency: string } {
  return amount(object(text));
}

/** `since` and `until` of GET movements. */
export function readTimes(query: URLSearchParams): { since: string; until: string } {
  const [since, until] = ['since', 'until'].map((name) => parseInstant(query.get(name) ?? ''));
  if (since === undefined) throw wrong('since');
  if (until === undefined) throw wrong('until');
  return { since, until };
}

function amount(json: Json): { amountMinor: number; currency: string } {
  const { amountMinor } = json;
  const currency = line(json, 'currency', 3);
  if (!Number.isSafeInteger(amountMinor) || (amountMinor as number) <= 0) throw wrong('amountMinor');
  if (!isCurrency(currency)) throw wrong('currency');
  return { amountMinor: amountMinor as number, currency };
}
