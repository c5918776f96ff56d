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
    if (told?.status !== 200 || manner === 'never') return;
    const { amount, reference, payBy } = told.body;
    const untilThen = Math.max(0, toMilliseconds(payBy) - this.stage.world.schedule.now);
    const send = (amountMinor: number, after: number, text = this.written(reference)): void =>
      this.giro.receive(after, buyer.who, paymentId, money(amountMinor, amount.currency), text);
    const soon = this.random.between([60_000, Math.max(60_000, untilThen / 2)]);
    const some = 1 + this.random.below(amount.amountMinor);
    switch (manner) {
      case 'exactly':
        return send(amount.amountMinor, soon);
      case 'too little':
        return send(Math.max(1, amount.amountMinor - some), soon);
      case 'in two parts':
        if (amount.amountMinor === some) return send(some, soon);
        send(some, soon);
        return send(amount.amountMinor - some, soon + this.random.between([0, 10 * hour]));
      case 'too much':
        return send(amount.amountMinor + some, soon);
      case 'too late':
        return send(amount.amountMinor, untilThen + this.random.between([0, 20 * hour]));
      case 'twice':
        send(amount.amountMinor, soon);
        return send(amount.amountMinor, soon + this.random.between([0, 30 * hour]));
      case 'without a reference':
        return send(amount.amountMinor, soon, 'for the tickets');
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
