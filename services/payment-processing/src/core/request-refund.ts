import { add, Clock, Ids, money, zero, type Money } from '@boxoffice/shared/kernel';
import { inject, injectable } from 'tsyringe';
import { advance } from './advance-order';
import { Desk, type Caller } from './finance/desk';
import type { Order } from './order';
import type { Payment } from './payment';
import { Books, type Commit, type RepeatableRequest } from './ports';
import { leftOf, refundFor, type Refund, type RefundReason, type RefundWish } from './refund';
import {
  aboveCaptured,
  nothingToRefund,
  paymentNotFound,
  refundReasonNotYours,
  ticketsNotToRefund,
  ticketsUnderWay,
} from './refusals';
import { moneyOfTickets } from './ticket-money';

export interface RequestRefund {
  readonly by: Caller;
  readonly paymentId: string;
  readonly reason: RefundReason;
  readonly note: string | undefined;
  /** Neither: all that is left. Both: so much, for these tickets. */
  readonly ticketIds: readonly string[] | undefined;
  readonly amountMinor: number | undefined;
  readonly request: RepeatableRequest;
}

/** Somebody who may wants money back. Recorded here; the sweeper then asks the gateway until it is done. */
@injectable()
export class RefundRequesting {
  constructor(
    @inject(Books) private readonly books: Books,
    @inject(Desk) private readonly desk: Desk,
    @inject(Clock) private readonly clock: Clock,
    @inject(Ids) private readonly ids: Ids,
  ) {}

  /** By the organiser's people; by its buyer as long as the order has no tickets. The refund as it was recorded. */
  request(command: RequestRefund): Promise<Refund> {
    return this.books.once(command.request, async (commit) => {
      const payment = await commit.payment(command.paymentId);
      const order = payment && (await commit.order(payment.orderId));
      if (!payment || !order) throw paymentNotFound();
      await this.refuseStrangers(command, order, payment);
      return askFor(commit, order, payment, (given) => wishOf(command, order, payment, given), {
        refundId: this.ids.next(),
        now: this.clock.now(),
      });
    });
  }

  private async refuseStrangers(
    { by, reason }: RequestRefund,
    order: Order,
    payment: Payment,
  ): Promise<void> {
    if (await this.desk.admits(order.event.organizerId, by)) return;
    if (payment.userId !== by.userId || order.tickets.length > 0) throw paymentNotFound();
    if (reason !== 'buyer-asked') throw refundReasonNotYours();
  }
}

/** Records a refund of the payment that paid for the order. Whoever asks at the same time meets at the order's version. */
export async function askFor(
  commit: Commit,
  order: Order,
  payment: Payment,
  wishFor: (given: ReadonlySet<string>) => RefundWish,
  { refundId, now }: { readonly refundId: string; readonly now: Refund['requestedAt'] },
): Promise<Refund> {
  if (leftOf(payment).amountMinor === 0 || order.paymentId !== payment.paymentId) throw nothingToRefund();
  const earlier = (await commit.refundsOf(payment.paymentId)).filter(({ state }) => state !== 'failed');
  const wish = wishFor(new Set(earlier.flatMap(({ ticketIds }) => ticketIds)));
  const refund = refundFor(payment, order.event.eventId, wish, refundId, now);
  await commit.saveOrder(advance(order, 'refund-asked', { now }), { payment, refund });
  return refund;
}

function wishOf(
  { request, reason, note, ticketIds, amountMinor }: RequestRefund,
  order: Order,
  payment: Payment,
  given: ReadonlySet<string>,
): RefundWish {
  const left = leftOf(payment);
  const amount =
    amountMinor === undefined
      ? ticketIds === undefined
        ? left
        : priceOf(order, ticketIds, given)
      : money(amountMinor, left.currency);
  if (ticketIds !== undefined) priceOf(order, ticketIds, given); // are they all there to be given back?
  if (amount.amountMinor === 0) throw nothingToRefund();
  if (amount.amountMinor > left.amountMinor) throw aboveCaptured(left);
  const isAll = amount.amountMinor === left.amountMinor;
  if (order.state === 'paid' && !isAll) throw ticketsUnderWay();
  const theRest = order.tickets.map((ticket) => ticket.ticketId).filter((id) => !given.has(id));
  return {
    refundKey: request.key,
    reason,
    note,
    amount,
    // With the last of the money go the last of the tickets, those too that cost nothing.
    ticketIds: isAll ? theRest : (ticketIds ?? []),
  };
}

function priceOf(order: Order, ticketIds: readonly string[], given: ReadonlySet<string>): Money {
  const prices = moneyOfTickets(order);
  const wrong = ticketIds.filter((id) => given.has(id) || !prices.has(id));
  if (wrong.length > 0) throw ticketsNotToRefund(wrong);
  const nothing = zero(order.price.total.currency);
  return add(nothing, ...ticketIds.map((id) => prices.get(id) ?? nothing));
}
