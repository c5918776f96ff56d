import { fromMilliseconds, type Instant, type Money } from '@boxoffice/shared/kernel';
import type { SimulatedWorld } from '@boxoffice/shared/platform/simulated';

/** Money that has come into the operator's account, as the bank's statement tells. */
export interface Entry {
  readonly bankId: string;
  readonly amount: Money;
  readonly remittance: string;
  readonly bookedAt: Instant;
  readonly payerName: string;
  readonly payerIban: string;
  /** What the payer meant to pay, whatever they wrote: they say so when they are asked. */
  readonly meant: string;
}

export interface Sent {
  readonly amount: Money;
  readonly iban: string;
}

/** The operator's account at an ordinary bank. What came in and what was sent is the truth about bank transfers. */
export class Giro {
  readonly entries: Entry[] = [];
  /** By what the transfer is for. */
  readonly sent = new Map<string, Sent>();

  constructor(private readonly world: SimulatedWorld) {}

  /** `after`: in so many milliseconds. */
  receive(after: number, payer: string, meant: string, amount: Money, remittance: string): void {
    this.world.schedule.after(after, () => {
      const { now } = this.world.schedule;
      this.entries.push({
        ...{ bankId: `entry-${this.entries.length + 1}`, amount, remittance, meant },
        ...{ bookedAt: fromMilliseconds(now), payerName: payer, payerIban: ibanOf(payer) },
      });
      this.world.around.tally('transfers came in');
      this.world.around.note('bank giro', `${amount.amountMinor} from ${payer}: ${remittance}`);
    });
  }

  send(what: string, sent: Sent): void {
    this.sent.set(what, sent);
    this.world.around.note('bank giro', `${sent.amount.amountMinor} to ${sent.iban} for ${what}`);
  }
}

/** Of the right shape. */
export const ibanOf = (payer: string): string =>
  `AT00${payer
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]/g, '')
    .padStart(16, '0')}`;
