import { Clock } from '@boxoffice/shared/kernel';
import { inject, injectable } from 'tsyringe';
import { advance } from './advance-order';
import type { Order } from './order';
import { Books } from './ports';
import { orderNotFound, orderPaidAlready } from './refusals';

/** A buyer who has not paid wants it no more. Should money arrive all the same, it goes back. */
@injectable()
export class OrderCancelling {
  constructor(
    @inject(Books) private readonly books: Books,
    @inject(Clock) private readonly clock: Clock,
  ) {}

  /** Safe to repeat. */
  cancel(userId: string, orderId: string): Promise<Order> {
    return this.books.inOneCommit(async (commit) => {
      const order = await commit.order(orderId);
      if (order?.userId !== userId) throw orderNotFound();
      if (order.state === 'cancelled') return order;
      if (order.state !== 'placed' && order.state !== 'expired') throw orderPaidAlready();
      const step = advance(order, 'given-up', { now: this.clock.now() });
      await commit.saveOrder(step);
      return step.order;
    });
  }
}
