import type { Line } from './hold';
import type { Journal } from './journal';

/** How many tickets of each type each buyer holds and has bought: for the limits that a ticket type sets. */
export class BuyerBook {
  private readonly held = new Map<string, number>();
  private readonly bought = new Map<string, number>();

  constructor(private readonly journal: Journal) {}

  takenBy(userId: string, ticketTypeId: string): number {
    const key = keyOf(userId, ticketTypeId);
    return (this.held.get(key) ?? 0) + (this.bought.get(key) ?? 0);
  }

  take = (userId: string, lines: readonly Line[]): void => this.change(this.held, userId, lines, 1);
  giveBack = (userId: string, lines: readonly Line[]): void => this.change(this.held, userId, lines, -1);

  /** What they hold is theirs. */
  buy(userId: string, lines: readonly Line[]): void {
    this.change(this.held, userId, lines, -1);
    this.change(this.bought, userId, lines, 1);
  }

  takeBack = (userId: string, lines: readonly Line[]): void => this.change(this.bought, userId, lines, -1);
  recall = (userId: string, lines: readonly Line[]): void => this.change(this.bought, userId, lines, 1);

  *allBought(): Iterable<{
    readonly userId: string;
    readonly ticketTypeId: string;
    readonly quantity: number;
  }> {
    for (const [key, quantity] of this.bought) {
      const blank = key.indexOf(' ');
      yield { ticketTypeId: key.slice(0, blank), userId: key.slice(blank + 1), quantity };
    }
  }

  private change(counts: Map<string, number>, userId: string, lines: readonly Line[], sign: 1 | -1): void {
    for (const { ticketTypeId, quantity } of lines) {
      const key = keyOf(userId, ticketTypeId);
      const count = (counts.get(key) ?? 0) + sign * quantity;
      this.journal.set(counts, key, count > 0 ? count : undefined);
    }
  }
}

const keyOf = (userId: string, ticketTypeId: string): string => `${ticketTypeId} ${userId}`;
