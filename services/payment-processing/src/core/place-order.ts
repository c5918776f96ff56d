import { Clock, Ids, type Instant } from '@boxoffice/shared/kernel';
import type { HoldClaims } from '@boxoffice/shared/tokens';
import { inject, injectable } from 'tsyringe';
import { advance, dueAfter } from './advance-order';
import { answerFaults, type Answers } from './answers';
import { askPrice, type AskedPrice, type Wishes } from './ask-price';
import { isFree, type Order } from './order';
import { Books, Records, type Commit, type RepeatableRequest } from './ports';
import { HoldReading } from './read-hold';
import { orderNotFound, purchaseRefused } from './refusals';
import { TaxOf } from './tax/tax';

export interface PlaceOrder extends Wishes {
  readonly userId: string;
  readonly holdToken: string;
  readonly answers: Answers;
  readonly request: RepeatableRequest;
}

@injectable()
export class OrderPlacing {
  constructor(
    @inject(Books) private readonly books: Books,
    @inject(Records) private readonly records: Records,
    @inject(HoldReading) private readonly holds: HoldReading,
    @inject(TaxOf) private readonly taxOf: TaxOf,
    @inject(Clock) private readonly clock: Clock,
    @inject(Ids) private readonly ids: Ids,
  ) {}

  /** One order a hold: whoever holds places it once, and is given the same order each further time. */
  async place(command: PlaceOrder): Promise<Order> {
    const claims = await this.holds.of(command.holdToken, command.userId);
    let placed: Order | undefined;
    // The token is checked inside: a repeat of an answered request is answered again, though its hold may have ended.
    const { orderId } = await this.books.once(command.request, async (commit) => {
      placed = await this.placed(commit, command, claims());
      return { orderId: placed.orderId };
    });
    const order = placed?.orderId === orderId ? placed : await this.records.order(orderId);
    if (!order) throw orderNotFound();
    return order;
  }

  private async placed(commit: Commit, command: PlaceOrder, claims: HoldClaims): Promise<Order> {
    const earlier = await commit.orderOfHold(claims.holdId);
    if (earlier) return earlier;
    const now = this.clock.now();
    const asked = await askPrice(commit, claims, command, now, this.taxOf);
    const { faults, list, uses } = asked;
    const wrong = [...faults, ...answerFaults(list.terms.questions ?? [], claims.lines, command.answers)];
    if (wrong.length > 0) throw purchaseRefused(wrong);
    const order = this.orderOf(claims, command, asked, now);
    const step = isFree(order) ? advance(order, 'nothing-to-pay', { now }) : { order, effects: [] };
    await commit.addOrder(step, uses);
    return step.order;
  }

  private orderOf(
    claims: HoldClaims,
    { buyer, answers }: PlaceOrder,
    { list, price }: AskedPrice,
    now: Instant,
  ): Order {
    const answered = answers.buyer.length + answers.attendees.length > 0;
    return {
      orderId: this.ids.next(),
      holdId: claims.holdId,
      event: list.event,
      userId: claims.userId,
      buyer,
      ...(answered ? { answers } : {}),
      price,
      state: 'placed',
      holdExpiresAt: claims.expiresAt,
      placedAt: now,
      paidAt: undefined,
      paymentId: undefined,
      livePaymentId: undefined,
      tickets: [],
      fulfilledAt: undefined,
      dueAt: dueAfter('placed', claims.expiresAt, 0, now),
      asks: 0,
      version: 1,
    };
  }
}
