import { hash } from 'node:crypto';
import { canonical } from './json';
import { Problem } from './problem';
import type { IdempotentRequest } from './route';

const printable = /^[\x21-\x7E]([\x20-\x7E]{0,253}[\x21-\x7E])?$/;

/** The `Idempotency-Key` header as it came → the key. Throws a Problem (400). */
export function readIdempotencyKey(header: string | undefined): string {
  if (header === undefined || header === '') {
    throw new Problem(
      400,
      'idempotency-key-required',
      'Send an Idempotency-Key header: a value of your own, new for each new request, the same when you repeat it.',
    );
  }
  if (!printable.test(header)) {
    throw new Problem(
      400,
      'idempotency-key-malformed',
      'An Idempotency-Key is 1 to 255 printable ASCII characters.',
    );
  }
  return header;
}

/**
 * `place` is the path with its parameters filled in: one key sent to two events is two requests. `body` is the JSON as
 * parsed, or bytes; JSON that differs in order and white space alone is the same body.
 */
export function idempotentRequest(
  callerId: string,
  method: string,
  place: string,
  key: string,
  body: unknown,
): IdempotentRequest {
  return {
    // No part but the last can hold a line break, so no two requests are spelt alike.
    key: hash('sha256', `${callerId}\n${method}\n${place}\n${key}`, 'base64url'),
    fingerprint: hash('sha256', body instanceof Uint8Array ? body : canonical(body), 'base64url'),
  };
}
