import { randomBytes } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { createSandboxGateway, type SandboxGateway } from '../../src/sandbox-gateway';
import { sign } from '../../src/sandbox-gateway/courier';
import type { MovableClock } from './movable-clock';

/** What the gateway's API tells of a payment. */
export interface PaymentThere {
  readonly reference: string;
  readonly clientReference: string;
  readonly status: string;
  readonly amountMinor: number;
  readonly currency: string;
  readonly refundedMinor: number;
}

export interface Notice {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** The sandbox gateway on an address of its own, and its secrets: tests forge with them, and tell late what it told early. */
export class GatewayDouble {
  readonly apiKey = randomBytes(24).toString('base64url');
  readonly secret = randomBytes(24).toString('base64url');
  private sandbox: SandboxGateway | undefined;
  private losing = { path: '', times: 0 };

  constructor(
    /** Where it is reached, without `/sandbox`. */
    private readonly origin: string,
    private readonly dataFile: string,
    private readonly clock: MovableClock,
  ) {}

  get environment(): Readonly<Record<string, string>> {
    return {
      SANDBOX_GATEWAY_URL: `${this.origin}/sandbox`,
      SANDBOX_API_KEY: this.apiKey,
      SANDBOX_WEBHOOK_SECRET: this.secret,
    };
  }

  open(webhookUrl: string): void {
    this.sandbox = createSandboxGateway({
      dataFile: this.dataFile,
      webhookUrl,
      publicUrl: this.origin,
      secret: this.secret,
      apiKey: this.apiKey,
      now: this.clock.milliseconds,
    });
  }

  /** While true its notices do not get through: it tries again after a second, two, four. */
  isCutOff = false;

  readonly keepNoticeOut = (req: IncomingMessage, res: ServerResponse): boolean => {
    if (!this.isCutOff || req.headers['sandbox-signature'] === undefined) return false;
    res.writeHead(503).end();
    return true;
  };

  /** So many answers to POSTs to this path do not arrive, though what was asked for is done. */
  loseAnswersTo(path: string, times: number): void {
    this.losing = { path, times };
  }

  readonly handle: RequestListener = (req, res) => {
    if (req.method === 'POST' && req.url === this.losing.path && this.losing.times-- > 0) {
      res.end = () => res.destroy();
    }
    if (this.sandbox) this.sandbox.handle(req, res);
    else res.writeHead(503).end();
  };

  close(): void {
    this.sandbox?.close();
  }

  async payments(): Promise<readonly PaymentThere[]> {
    return ((await this.ask('GET', '/payments')) as { items: readonly PaymentThere[] }).items;
  }

  async payment({ paymentId }: { readonly paymentId: string }): Promise<PaymentThere> {
    const found = (await this.payments()).find(({ clientReference }) => clientReference === paymentId);
    if (!found) throw new Error(`the gateway has no payment ${paymentId}`);
    return found;
  }

  /**
   * Has it look at its clock, and do what has fallen due. Taking back what the bank is deciding on changes nothing, but any
   * write wakes it.
   */
  async wake(payment: { readonly paymentId: string }): Promise<void> {
    const { reference, status } = await this.payment(payment);
    if (status !== 'pending') throw new Error(`the bank is not deciding: ${status}`);
    await this.ask('POST', `/payments/${reference}/cancel`);
  }

  /** A genuine notice of about now, as its courier writes them. */
  notice(id: string, payment: object): Notice {
    return this.signed(JSON.stringify({ id, concerns: 'payment', payment }));
  }

  signed(body: string, { secondsAgo = 0, secret = this.secret } = {}): Notice {
    const at = Math.floor(this.clock.milliseconds() / 1000) - secondsAgo;
    return {
      body,
      headers: { 'content-type': 'application/json', 'sandbox-signature': sign(body, secret, at) },
    };
  }

  /** Gives all of it back of its own accord, as a person does at a gateway's own desk. */
  async giveBack(payment: { readonly paymentId: string }): Promise<void> {
    const { reference, amountMinor, currency } = await this.payment(payment);
    const order = { clientReference: `desk-${reference}`, payment: reference, amountMinor, currency };
    await this.ask('POST', '/refunds', order);
  }

  private async ask(
    method: string,
    path: string,
    body?: { readonly clientReference: string },
  ): Promise<unknown> {
    const reply = await fetch(`${this.origin}/sandbox/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.apiKey}`,
        'content-type': 'application/json',
        ...(body && { 'idempotency-key': body.clientReference }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${await reply.text()}`);
    return reply.json();
  }
}
