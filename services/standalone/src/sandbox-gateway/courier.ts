import { createHmac } from 'node:crypto';
import { Agent as PlainAgent, request as plainly, type RequestOptions } from 'node:http';
import { Agent as SecureAgent, request as securely } from 'node:https';
import type { SandboxPayments } from './payments';
import type { Job, SandboxStore } from './store';

export interface CourierNeeds {
  readonly webhookUrl: string;
  readonly secret: string;
  readonly now: () => number;
}

const atOnce = 64;
/** 1 s, 2 s, 4 s … up to an hour: about three days before it gives up. */
const attempts = 80;
const pauseMilliseconds = (failures: number): number =>
  Math.min(1000 * 2 ** Math.min(failures - 1, 20), 3_600_000);

/** `t=<unix seconds>,v1=<HMAC-SHA256 of "<t>.<body>" in hex>` */
export const sign = (body: string, secret: string, unixSeconds: number): string =>
  `t=${unixSeconds},v1=${createHmac('sha256', secret).update(`${unixSeconds}.${body}`).digest('hex')}`;

/** Does what is due: captures that were to be late, and webhooks, which are sent until they are taken. */
export class Courier {
  private readonly under = new Set<number>();
  private alarm: NodeJS.Timeout | undefined;
  private looking = false;
  private closed = false;

  constructor(
    private readonly store: SandboxStore,
    private readonly payments: SandboxPayments,
    private readonly needs: CourierNeeds,
  ) {}

  /** Looks for what is due now, once for all who ask in one turn, and comes back by itself for what is due later. */
  wake(): void {
    if (this.looking || this.closed) return;
    this.looking = true;
    setImmediate(() => this.look());
  }

  private look(): void {
    this.looking = false;
    if (this.closed) return;
    clearTimeout(this.alarm);
    const now = this.needs.now();
    const free = atOnce - this.under.size;
    const next = this.store.all('SELECT * FROM jobs ORDER BY dueAt LIMIT ?', atOnce * 2) as readonly Job[];
    const idle = next.filter((job) => !this.under.has(job.id));
    for (const job of idle.filter(({ dueAt }) => dueAt <= now).slice(0, free)) void this.carry(job);
    const later = idle.find(({ dueAt }) => dueAt > now);
    if (later) this.alarm = setTimeout(() => this.wake(), Math.min(later.dueAt - now, 60_000)).unref();
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.alarm);
  }

  private async carry(job: Job): Promise<void> {
    this.under.add(job.id);
    await this.store.readable();
    const done = job.kind === 'capture' || (await this.delivered(job.payload));
    if (this.closed) return; // it is still in the books, and is carried after the next start
    await this.store.write(() => {
      if (job.kind === 'capture') this.payments.captureDue(job.payload);
      if (done || job.attempts + 1 >= attempts) this.store.run('DELETE FROM jobs WHERE id = ?', job.id);
      else this.putOff(job);
    });
    this.under.delete(job.id);
    this.wake();
  }

  private putOff({ id, attempts: before }: Job): void {
    const dueAt = this.needs.now() + pauseMilliseconds(before + 1);
    this.store.run('UPDATE jobs SET attempts = ?, dueAt = ? WHERE id = ?', before + 1, dueAt, id);
  }

  private async delivered(body: string): Promise<boolean> {
    const signature = sign(body, this.needs.secret, Math.floor(this.needs.now() / 1000));
    try {
      const status = await post(this.needs.webhookUrl, body, { 'sandbox-signature': signature });
      return status >= 200 && status < 300;
    } catch {
      return false;
    }
  }
}

const patienceMilliseconds = 10_000;
const agents = {
  'http:': new PlainAgent({ keepAlive: true }),
  'https:': new SecureAgent({ keepAlive: true }),
};

/** The status that it is answered with. Not by `fetch`, which takes three times as much of the processor. Follows no redirect. */
function post(url: string, body: string, headers: Readonly<Record<string, string>>): Promise<number> {
  const isSecure = url.startsWith('https:');
  const options: RequestOptions = {
    method: 'POST',
    agent: agents[isSecure ? 'https:' : 'http:'],
    headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), ...headers },
    signal: AbortSignal.timeout(patienceMilliseconds),
  };
  return new Promise((resolve, reject) => {
    const sent = (isSecure ? securely : plainly)(url, options, (response) => {
      // Read to its end, so that the connection serves the next.
      response.resume().on('end', () => resolve(response.statusCode ?? 0));
      response.on('error', reject);
    });
    sent.on('error', reject).end(body);
  });
}
