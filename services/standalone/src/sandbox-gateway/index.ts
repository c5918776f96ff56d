import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerApi } from './api';
import { Courier } from './courier';
import { readOutcome, readSeconds } from './orders';
import { sendNote, sendPayPage } from './page';
import { SandboxPayments, SandboxRefusal } from './payments';
import { SandboxStore } from './store';

export interface SandboxGatewayNeeds {
  /** The SQLite file that it keeps its books in. */
  readonly dataFile: string;
  /** Where its notices go: `…/api/v1/payments/webhook/sandbox`. */
  readonly webhookUrl: string;
  /** Signs the notices. */
  readonly secret: string;
  /** What callers of the API send as their bearer token. */
  readonly apiKey: string;
  /** Where browsers find it, without `/sandbox`. */
  readonly publicUrl: string;
  readonly now?: () => number;
}

export interface SandboxGateway {
  /** Answers everything below `/sandbox`. */
  handle(req: IncomingMessage, res: ServerResponse): void;
  close(): void;
}

const longestBody = 64 * 1024;

/** A payment gateway like any other, but that no money moves. Its API is `/sandbox/v1`, its pages are `/sandbox/pay`. */
export function createSandboxGateway(needs: SandboxGatewayNeeds): SandboxGateway {
  const now = needs.now ?? Date.now;
  const publicUrl = needs.publicUrl.replace(/\/$/, '');
  const store = new SandboxStore(needs.dataFile);
  const payments = new SandboxPayments(store, publicUrl, now);
  const courier = new Courier(store, payments, { ...needs, now });
  const write = async <T>(work: () => T): Promise<T> => {
    const result = await store.write(work);
    courier.wake();
    return result;
  };
  const apiNeeds = { payments, apiKey: needs.apiKey, publicUrl, write };

  async function sendApi(
    req: IncomingMessage,
    res: ServerResponse,
    { pathname, searchParams }: URL,
  ): Promise<void> {
    const path = pathname.slice('/sandbox/v1'.length);
    const call = { method: req.method ?? '', path, query: searchParams, headers: req.headers };
    const { status, body } = await answerApi({ ...call, body: await bodyOf(req) }, apiNeeds);
    await store.readable();
    sendJson(res, status, body);
  }

  async function sendPay(req: IncomingMessage, res: ServerResponse, reference: string): Promise<void> {
    const payment = payments.find(reference);
    await store.readable();
    if (req.method !== 'POST') {
      sendPayPage(res, payment);
      return;
    }
    const form = new URLSearchParams(await bodyOf(req));
    try {
      const outcome = readOutcome(form.get('outcome') ?? '');
      const seconds = readSeconds(form.get('seconds') ?? '');
      await write(() => payments.decide(reference, outcome, seconds));
      res.writeHead(303, { location: payment.returnUrl, 'referrer-policy': 'no-referrer' }).end();
    } catch (error) {
      if (!(error instanceof SandboxRefusal)) throw error;
      sendPayPage(res, payments.find(reference), error.status, error.message);
    }
  }

  async function answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const url = URL.parse(req.url ?? '/', 'http://sandbox');
    const isApi = url?.pathname.startsWith('/sandbox/v1/') ?? false;
    const reference = /^\/sandbox\/pay\/([\w-]{1,100})$/.exec(url?.pathname ?? '')?.[1];
    try {
      if (url && isApi) await sendApi(req, res, url);
      else if (reference !== undefined) await sendPay(req, res, reference);
      else sendNote(res, 404, 'There is nothing here.');
    } catch (error) {
      const status = error instanceof SandboxRefusal ? error.status : 500;
      const detail = error instanceof SandboxRefusal ? error.message : 'Something went wrong at the gateway.';
      if (res.headersSent) res.destroy();
      else if (isApi) sendJson(res, status, { status, detail });
      else sendNote(res, status, detail);
    }
  }

  courier.wake();
  return {
    handle: (req, res) => void answer(req, res),
    close() {
      courier.close();
      store.close();
    },
  };
}

async function bodyOf(req: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > longestBody) throw new SandboxRefusal(422, 'The body is too large.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function sendJson(res: ServerResponse, status: number, body: object): void {
  res.writeHead(status, {
    'content-type': 'application/json',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  });
  res.end(JSON.stringify(body));
}
