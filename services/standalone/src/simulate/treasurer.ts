import type { Money } from '@boxoffice/shared/kernel';
import type { Random } from '@boxoffice/shared/platform/simulated';
import { Client, type Stage } from './client';
import type { Giro } from './giro';

interface Unmatched {
  readonly creditId: string;
  readonly bankId: string;
  readonly why?: string;
}

interface Due {
  readonly outgoingId: string;
  readonly amount: Money;
  readonly payerIban?: string;
}

const service = 'payment-processing';

/** Keeps the operator's account: takes statements in, says what nobody else knows, and sends back what is due. */
export class Treasurer {
  private readonly client: Client;
  /** Entries that surely were taken in. */
  private booked = 0;

  constructor(
    private readonly stage: Stage,
    private readonly giro: Giro,
    private readonly random: Random,
  ) {
    this.client = new Client('admin-treasurer', 'admin', stage, random);
  }

  /** A look at the account. */
  async work(): Promise<void> {
    await this.takeIn();
    for (const credit of await this.list<Unmatched>('/bank-statements/unmatched')) await this.settle(credit);
    for (const due of await this.list<Due>('/bank-transfers/due')) await this.sendBack(due);
  }

  /** An entry may stand on two statements, and twice on one. */
  private async takeIn(): Promise<void> {
    const { length } = this.giro.entries;
    if (this.booked === length) return;
    const again = this.random.chance(0.4) ? Math.max(0, this.booked - 2) : this.booked;
    const fresh = this.giro.entries.slice(again, length);
    const twice = this.random.chance(0.3) ? fresh.slice(0, 1) : [];
    const credits = [...fresh, ...twice].map(({ bankId, amount, remittance, bookedAt, ...payer }) => ({
      ...{ bankId, remittance, bookedAt, payerName: payer.payerName, payerIban: payer.payerIban },
      ...amount,
    }));
    const answer = await this.client.insist<{ credits: { bankId: string; result: string }[] }>(
      { service, method: 'POST', path: '/bank-statements', body: { credits } },
      this.random.chance(0.25),
    );
    if (answer?.status !== 200) return;
    this.booked = length;
    for (const { bankId, result } of answer.body.credits)
      if (result === 'contradicts') this.stage.evidence.violated(`${bankId} is said to be another entry`);
  }

  private async settle({ creditId, bankId, why = '' }: Unmatched): Promise<void> {
    this.stage.world.around.tally(`credit unmatched: ${why}`);
    const entry = this.giro.entries.find((one) => one.bankId === bankId);
    const path = `/bank-statements/unmatched/${creditId}`;
    if (entry && this.random.chance(0.7)) {
      const body = { paymentId: entry.meant };
      const answer = await this.client.insist(
        { service, method: 'POST', path: `${path}/assign`, body },
        this.random.chance(0.25),
      );
      if (answer?.status !== 409) return;
    }
    await this.client.insist({ service, method: 'POST', path: `${path}/return` }, this.random.chance(0.25));
  }

  private async sendBack({ outgoingId, amount, payerIban = '' }: Due): Promise<void> {
    // Sent before, and the word of it was lost.
    if (!this.giro.sent.has(outgoingId)) this.giro.send(outgoingId, { amount, iban: payerIban });
    await this.client.insist({ service, method: 'POST', path: `/bank-transfers/${outgoingId}/done` });
  }

  private async list<Item>(path: string): Promise<readonly Item[]> {
    const answer = await this.client.insist<{ items: readonly Item[] }>({ service, method: 'GET', path });
    return answer?.status === 200 ? answer.body.items : [];
  }
}
