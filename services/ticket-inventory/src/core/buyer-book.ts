import type { Line } from './hold';
import type { Journal } from './journal';

/** How many tickets of each type each buyer holds or has bought: for the limits that a ticket type sets. */
export class BuyerBook {
  private readonly taken = new Map<string, number>();

  constructor(private readonly journal: Journal) {}

  takenBy = (userId: string, ticketTypeId: string): number =>
    this.taken.get(keyOf(userId, ticketTypeId)) ?? 0;

  take = (userId: string, lines: readonly Line[]): void => this.change(userId, lines, 1);
  giveBack = (userId: string, lines: readonly Line[]): void => this.change(userId, lines, -1);

  *all(): Iterable<{ readonly userId: string; readonly ticketTypeId: string; readonly quantity: number }> {
    for (const [key, quantity] of this.taken) {
      const blank = key.indexOf(' ');
      yield { ticketTypeId: key.slice(0, blank), userId: key.slice(blank + 1), quantity };
    }
  }

  private change(userId: string, lines: readonly Line[], sign: 1 | -1): void {
    for (const { ticketTypeId, quantity } of lines) {
      const count = this.takenBy(userId, ticketTypeId) + sign * quantity;
      this.journal.set(this.taken, keyOf(userId, ticketTypeId), count > 0 ? count : undefined);
    }
  }
}

const keyOf = (userId: string, ticketTypeId: string): string => `${ticketTypeId} ${userId}`;
