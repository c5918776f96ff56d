import { createHmac } from 'node:crypto';
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
  private closed = false;

  constructor(
    private readonly store: SandboxStore,
    private readonly payments: SandboxPayments,
    private readonly needs: CourierNeeds,
  ) {}

  /** Looks for what is due now, and comes back by itself for what is due later. */
  wake(): void {
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
      const response = await fetch(this.needs.webhookUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'sandbox-signature': signature },
        body,
        redirect: 'error',
        signal: AbortSignal.timeout(10_000),
      });
      await response.arrayBuffer(); // read to its end, so that the connection serves the next
      return response.ok;
    } catch {
      return false;
    }
  }
}
