import type { HoldRefused, TicketsIssued } from '@boxoffice/shared/contracts';
import { Clock } from '@boxoffice/shared/kernel';
import { inject, injectable } from 'tsyringe';
import { advance, type OrderStep, type Tidings } from './advance-order';
import { isFree, type Order } from './order';
import type { OrderMessage } from './order-saga';
import { Books, type Commit, type StepAbout } from './ports';
import type { NoTicketsReason } from './refund';

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

  async holdRefused(messageId: string, { orderId, reason }: HoldRefused): Promise<void> {
    const messageFor = (order: Order) => (isFree(order) ? 'free-hold-refused' : 'hold-refused');
    await this.hear(messageId, orderId, messageFor, {}, { because: because[reason] });
  }

  private async hear(
    messageId: string,
    orderId: string,
    messageFor: (order: Order) => OrderMessage,
    tidings: Omit<Tidings, 'now'>,
    told: Pick<StepAbout, 'because'> = {},
  ): Promise<void> {
    await this.books.inOneCommit(async (commit) => {
      if (!(await commit.firstTime(messageId))) return;
      const order = await commit.order(orderId);
      if (!order) throw new Error(`ticket-inventory speaks of an order that is not here: ${orderId}`);
      const message = messageFor(order);
      const step = advance(order, message, { ...tidings, now: this.clock.now() });
      const learnt = step.order.state !== order.state || step.order.tickets !== order.tickets;
      if (!learnt && step.effects.length === 0) return;
      await commit.saveOrder(step, { ...told, ...(await about(commit, step)) });
      if (step.order.state === 'fulfilled') await commit.lookAgain(order.event.eventId);
    });
  }
}

const because: Readonly<Record<HoldRefused['reason'], NoTicketsReason>> = {
  'sold-out': 'no-stock-left',
  'event-not-on-sale': 'not-on-sale',
  'group-incomplete': 'group-incomplete',
};

/** What the step gives back, or has given back: most steps do neither. */
async function about(commit: Commit, { order: { paymentId }, effects }: OrderStep): Promise<StepAbout> {
  if (paymentId === undefined) return {};
  if (effects.includes('refund-no-tickets')) {
    const payment = await commit.payment(paymentId);
    return payment ? { payment } : {};
  }
  if (!effects.includes('void-late-tickets')) return {};
  const refund = (await commit.refundsOf(paymentId)).findLast(({ state }) => state === 'succeeded');
  return refund ? { refund } : {};
}
