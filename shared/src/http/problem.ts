import { STATUS_CODES } from 'node:http';
import { isDocumentFault } from '../documents/faults';
import { Refusal } from '../kernel';
import { Unavailable } from '../resilience/unavailable';
import { StaleVersion, isSqlFault } from '../sql/faults';
import type { WireReply } from './wire';

/** One thing that is wrong with a request. */
export interface Fault {
  /** Where: `lines[0].quantity`, a query parameter, a header. Empty: the body as a whole. */
  readonly field: string;
  /** Stable: the constraint's name, e.g. `min`, `isId`, `unknown`. */
  readonly code: string;
  readonly message: string;
}

/** What HTTP itself refuses: unknown routes, unreadable bodies, missing headers, tokens that do not hold. */
export class Problem extends Error {
  override readonly name = 'Problem';
  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
    /** Members added to the problem+json; never personal data. */
    readonly facts: Readonly<Record<string, unknown>> = {},
    readonly headers: Readonly<Record<string, string>> = {},
    options?: ErrorOptions,
  ) {
    super(detail, options);
  }
}

/** `count`: of all faults, where not all of them are told. */
export function invalidRequest(errors: readonly Fault[], count = errors.length): Problem {
  const detail =
    count === 1 ? 'One thing is wrong with this request.' : `${count} things are wrong with this request.`;
  return new Problem(400, 'invalid-request', detail, { errors });
}

/** Whatever was thrown → what the caller is told. Undefined members of `statuses` are 409: a rule said no. */
export function problemOf(error: unknown, statuses: Readonly<Record<string, number>>): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof Refusal) return refused(error, statuses[error.code] ?? 409);
  if (isDocumentFault(error, 'TooManyRequests'))
    return busy((error.retryAfterMilliseconds ?? 1000) / 1000, error);
  if (isSqlFault(error, 'Transient') || error instanceof StaleVersion) return busy(1, error);
  if (error instanceof Unavailable && error.reason !== 'timed-out') return busy(2, error);
  if (
    isDocumentFault(error, 'OutcomeUnknown') ||
    isSqlFault(error, 'OutcomeUnknown') ||
    error instanceof Unavailable
  ) {
    const detail =
      'It is not known whether this was done. Repeat it, with the same Idempotency-Key if it had one.';
    return new Problem(503, 'outcome-unknown', detail, {}, retryAfter(1), { cause: error });
  }
  return new Problem(
    500,
    'internal',
    'Something went wrong here. It has been recorded under this traceId.',
    {},
    {},
    { cause: error },
  );
}

function refused(refusal: Refusal, status: number): Problem {
  const wait = refusal.facts['retryAfterSeconds'];
  const headers = status === 429 || status === 503 ? retryAfter(typeof wait === 'number' ? wait : 1) : {};
  return new Problem(status, refusal.code, refusal.message, refusal.facts, headers);
}

const busy = (seconds: number, cause: unknown): Problem =>
  new Problem(
    503,
    'busy',
    'Too much at once. Nothing was changed; try again in a moment.',
    {},
    retryAfter(seconds),
    { cause },
  );

const retryAfter = (seconds: number) => ({ 'retry-after': String(Math.max(1, Math.ceil(seconds))) });

/** RFC 9457. `type` names the code; `title` is the code for people; what stands in `facts` can't displace a standard member. */
export function problemReply(problem: Problem, traceId: string | undefined, instance?: string): WireReply {
  const { status, code } = problem;
  const members = {
    type: `urn:boxoffice:problem:${code}`,
    title: titleOf(code) || STATUS_CODES[status],
    status,
    code,
    detail: problem.message,
    ...(instance === undefined ? {} : { instance }),
    ...(traceId === undefined ? {} : { traceId }),
  };
  return {
    status,
    headers: {
      'content-type': 'application/problem+json',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      ...problem.headers,
    },
    body: JSON.stringify({ ...members, ...problem.facts, ...members }),
  };
}

const titleOf = (code: string): string => code.charAt(0).toUpperCase() + code.slice(1).replaceAll('-', ' ');
