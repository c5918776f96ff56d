import type { HoldRefused, TicketsIssued } from '@boxoffice/shared/contracts';
import { Clock } from '@boxoffice/shared/kernel';
import { inject, injectable } from 'tsyringe';
import { advance, type Tidings } from './advance-order';
import { isFree, type Order } from './order';
import type { OrderMessage } from './order-saga';
import { Books } from './ports';

/** ticket-inventory's answer to a paid order: its tickets, or that there are none. */
@injectable()
export class InventoryHearing {
  constructor(
    @inject(Books) private readonly books: Books,
    @inject(Clock) private readonly clock: Clock,
  ) {}

  async ticketsIssued(messageId: string, { orderId, tickets }: TicketsIssued): Promise<void> {
    await this.hear(messageId, orderId, () => 'tickets-issued', { tickets });
  }

  async holdRefused(messageId: string, { orderId }: HoldRefused): Promise<void> {
    await this.hear(messageId, orderId, (order) => (isFree(order) ? 'free-hold-refused' : 'hold-refused'));
  }

  private async hear(
    messageId: string,
    orderId: string,
    messageFor: (order: Order) => OrderMessage,
    tidings: Omit<Tidings, 'now'> = {},
  ): Promise<void> {
    await this.books.inOneCommit(async (commit) => {
      if (!(await commit.firstTime(messageId))) return;
      const order = await commit.order(orderId);
      if (!order) throw new Error(`ticket-inventory speaks of an order that is not here: ${orderId}`);
      const message = messageFor(order);
      const step = advance(order, message, { ...tidings, now: this.clock.now() });
      if (step.order.state === order.state && step.effects.length === 0) return;
      const owed = step.effects.includes('refund-no-stock-left') && order.paymentId !== undefined;
      const payment = owed ? await commit.payment(order.paymentId) : undefined;
      await commit.saveOrder(step, payment === undefined ? {} : { payment });
    });
  }
}
