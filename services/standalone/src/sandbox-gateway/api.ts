import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { movementsBody, paymentBody, refundBody } from './bodies';
import { readCapture, readNewPayment, readNewRefund, readOutcome, readTimes } from './orders';
import { SandboxRefusal, type SandboxPayments } from './payments';
import type { SandboxPayment } from './store';

export interface ApiNeeds {
  readonly payments: SandboxPayments;
  readonly apiKey: string;
  readonly publicUrl: string;
  readonly write: <T>(work: () => T) => Promise<T>;
}

export interface ApiCall {
  readonly method: string;
  /** Below `/sandbox/v1`. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface ApiAnswer {
  readonly status: number;
  readonly body: object;
}

const listed = 200;

/**
 * POST `/payments`, GET `/payments` and `/payments/{reference}`, POST `/payments/{reference}/cancel` and `/capture`, POST `/refunds`,
 * GET `/refunds/{reference}`, GET `/movements`. Throws SandboxRefusal.
 */
export async function answerApi(
  call: ApiCall,
  { payments, apiKey, publicUrl, write }: ApiNeeds,
): Promise<ApiAnswer> {
  if (!isKey(call.headers.authorization, apiKey))
    throw new SandboxRefusal(401, 'Send the API key as a bearer token.');
  const show = (payment: SandboxPayment): object => paymentBody(publicUrl, payment);
  const [, collection = '', reference = '', ...deed] = call.path.split('/');
  const what = [call.method, collection, ...(reference === '' ? [] : ['{reference}']), ...deed].join(' ');
  switch (what) {
    case 'POST payments': {
      const order = readNewPayment(call.body);
      const key = keyOf(call);
      const preset = call.headers['sandbox-outcome'];
      const outcome = preset === undefined ? undefined : readOutcome(String(preset));
      return { status: 201, body: show(await write(() => payments.create(key, order, outcome))) };
    }
    case 'GET payments': {
      const items = payments.list(Number(call.query.get('after') ?? 0) || 0, listed);
      return { status: 200, body: { items: items.map(show), next: items.at(-1)?.seq ?? null } };
    }
    case 'GET payments {reference}':
      return { status: 200, body: show(payments.find(reference)) };
    case 'POST payments {reference} cancel':
      return { status: 200, body: show(await write(() => payments.cancel(reference))) };
    case 'POST payments {reference} capture': {
      const amount = readCapture(call.body);
      return { status: 200, body: show(await write(() => payments.take(reference, amount))) };
    }
    case 'GET movements': {
      const { since, until } = readTimes(call.query);
      const after = Number(call.query.get('after') ?? 0) || 0;
      const items = payments.movements(since, until, after, listed);
      return { status: 200, body: movementsBody(items, items.length < listed ? undefined : after + listed) };
    }
    case 'POST refunds': {
      const order = readNewRefund(call.body);
      const key = keyOf(call);
      return { status: 201, body: refundBody(await write(() => payments.refund(key, order))) };
    }
    case 'GET refunds {reference}':
      return { status: 200, body: refundBody(payments.findRefund(reference)) };
    default:
      throw new SandboxRefusal(404, 'There is nothing here.');
  }
}

function isKey(authorization: string | undefined, apiKey: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(authorization ?? ''), digest(`Bearer ${apiKey}`));
}

function keyOf({ headers }: ApiCall): string {
  const key = headers['idempotency-key'];
  if (typeof key !== 'string' || key === '' || key.length > 255)
    throw new SandboxRefusal(422, 'Send an Idempotency-Key of 1 to 255 characters.');
  return key;
}
