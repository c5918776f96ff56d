import { setTimeout as wait } from 'node:timers/promises';
import type { Hold, OnSale, Order } from '../purchase';
import type { Lines } from './lines';

/** How many of those who hold a seat at once give it back, and how many just go, so that it must expire. Who had to wait keeps it. */
const share = { givesBack: 0.05, walksAway: 0.05 };

/** What a crowd has been told so far. */
export interface Told {
  /** Every order that was placed, and whose it is. */
  readonly orders: Map<string, string>;
  /** Orders that have their tickets. */
  readonly fulfilled: Map<string, Order>;
  soldOut: number;
  givenBack: number;
  walkedAway: number;
  /** What should not have been answered. */
  readonly faults: string[];
}

export class Crowd {
  /** Those who are still there. */
  left = 0;
  readonly told: Told = {
    ...{ orders: new Map<string, string>(), fulfilled: new Map<string, Order>(), faults: [] },
    ...{ soldOut: 0, givenBack: 0, walkedAway: 0 },
  };

  constructor(
    private readonly lines: Lines,
    private readonly sale: OnSale,
    private readonly seats: number,
  ) {}

  get isSatisfied(): boolean {
    return this.told.fulfilled.size >= this.seats;
  }

  gather(tokens: readonly string[]): void {
    this.left = tokens.length;
    for (const token of tokens)
      void this.buy(token)
        .catch((error: unknown) => this.told.faults.push(String(error)))
        .then(() => {
          this.left--;
        });
  }

  /** Tries for one seat until there is a ticket for it, or none is left for anybody. */
  private async buy(token: string): Promise<void> {
    for (let tries = 0; !this.isSatisfied; tries++) {
      const hold = await this.holdOne(token);
      if (hold === undefined) {
        this.told.soldOut++;
        await wait(someSeconds(3, 10));
        continue;
      }
      const mood = tries === 0 ? Math.random() : 1;
      if (mood < share.givesBack) return this.giveBack(token, hold);
      if (mood < share.givesBack + share.walksAway) {
        this.told.walkedAway++;
        return;
      }
      if (await this.pay(token, hold)) return;
    }
  }

  /** Undefined: sold out. */
  private async holdOne(token: string): Promise<Hold | undefined> {
    const { eventId, ticketTypes } = this.sale;
    const lines = [{ ticketTypeId: ticketTypes[0]?.ticketTypeId, quantity: 1 }];
    const { status, body } = await this.lines.insist<Hold & { code?: string }>(token, 'POST', '/holds', {
      ...{ eventId, lines },
    });
    if (status !== 201 && body.code !== 'sold-out')
      this.told.faults.push(`hold: ${status} ${body.code ?? ''}`);
    return status === 201 ? body : undefined;
  }

  private async giveBack(token: string, { holdId }: Hold): Promise<void> {
    const { status } = await this.lines.insist(token, 'DELETE', `/holds/${holdId}`);
    if (status >= 300) this.told.faults.push(`a hold was not taken back: ${status}`);
    this.told.givenBack++;
  }

  /** Whether there was a ticket in the end; if not, the money is back or was never taken. */
  private async pay(token: string, { token: holdToken }: Hold): Promise<boolean> {
    const placed = await this.lines.insist<Order & { code?: string }>(token, 'POST', '/orders', {
      holdToken,
    });
    if (placed.status !== 201) {
      // A hold that lapsed while the machine was down is no fault.
      if (placed.body.code !== 'hold-expired')
        this.told.faults.push(`order: ${placed.status} ${placed.body.code ?? ''}`);
      return false;
    }
    const { orderId } = placed.body;
    this.told.orders.set(orderId, token);
    await this.lines.insist(token, 'POST', '/payments', { orderId, gateway: 'sandbox' });
    for (;;) {
      const { body: order } = await this.lines.insist<Order>(token, 'GET', `/orders/${orderId}`);
      if (order.state === 'fulfilled') {
        this.told.fulfilled.set(orderId, order);
        return true;
      }
      if (['expired', 'cancelled', 'refunded'].includes(order.state)) return false;
      await wait(someSeconds(1, 3));
    }
  }
}

const someSeconds = (least: number, most: number): number => 1000 * (least + (most - least) * Math.random());
