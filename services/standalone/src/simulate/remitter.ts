import { money, toMilliseconds, type Instant, type Money } from '@boxoffice/shared/kernel';
import type { Random } from '@boxoffice/shared/platform/simulated';
import type { Client, Stage } from './client';
import type { PaymentSeen } from './evidence';
import type { Giro } from './giro';

const hour = 3_600_000;

/** How somebody pays who pays by bank transfer. */
export const manners = [
  'exactly',
  'exactly',
  'too little',
  'in two parts',
  'too much',
  'too late',
  'twice',
  'without a reference',
  'never',
] as const;
export type Manner = (typeof manners)[number];

interface Instructions {
  readonly amount: Money;
  readonly reference: string;
  readonly payBy: Instant;
}

interface Planned {
  readonly amountMinor: number;
  /** Milliseconds. */
  readonly after: number;
  readonly text: string;
}

/** Sends money from their bank to the operator's, by what they were told, more or less. */
export class Remitter {
  constructor(
    private readonly stage: Stage,
    private readonly giro: Giro,
    private readonly random: Random,
  ) {}

  async pay(buyer: Client, { paymentId }: PaymentSeen, manner: Manner): Promise<void> {
    const path = `/payments/${paymentId}/transfer-instructions`;
    const told = await buyer.insist<Instructions>({ service: 'payment-processing', method: 'GET', path });
    if (told?.status !== 200) return;
    for (const { amountMinor, after, text } of this.plan(told.body, manner))
      this.giro.receive(after, buyer.who, paymentId, money(amountMinor, told.body.amount.currency), text);
  }

  private plan({ amount, reference, payBy }: Instructions, manner: Manner): readonly Planned[] {
    const due = amount.amountMinor;
    const untilThen = Math.max(0, toMilliseconds(payBy) - this.stage.world.schedule.now);
    const send = (amountMinor: number, after: number, text = this.written(reference)): Planned => {
      return { amountMinor, after, text };
    };
    const soon = this.random.between([60_000, Math.max(60_000, untilThen / 2)]);
    const some = 1 + this.random.below(due);
    switch (manner) {
      case 'exactly':
        return [send(due, soon)];
      case 'too little':
        return [send(Math.max(1, due - some), soon)];
      case 'in two parts':
        if (due === some) return [send(some, soon)];
        return [send(some, soon), send(due - some, soon + this.random.between([0, 10 * hour]))];
      case 'too much':
        return [send(due + some, soon)];
      case 'too late':
        return [send(due, untilThen + this.random.between([0, 20 * hour]))];
      case 'twice':
        return [send(due, soon), send(due, soon + this.random.between([0, 30 * hour]))];
      case 'without a reference':
        return [send(due, soon, 'for the tickets')];
      case 'never':
        return [];
    }
  }

  /** As people write. */
  private written(reference: string): string {
    return this.random.pick([
      reference,
      reference.replaceAll(' ', ''),
      `tickets ${reference.toLowerCase()}, thank you`,
    ]);
  }
}
