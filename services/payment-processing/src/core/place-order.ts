import { Clock, Ids } from '@boxoffice/shared/kernel';
import { VerifiedRoots, verifyHoldToken, type FindKey, type HoldClaims } from '@boxoffice/shared/tokens';
import { inject, injectable } from 'tsyringe';
import { advance, dueAfter, type OrderStep } from './advance-order';
import { isFree, type Buyer, type Order } from './order';
import { Announced, Books, Records, type Commit, type RepeatableRequest } from './ports';
import { priceOrder } from './pricing/price-order';
import { holdTokenRefused, notReady, orderNotFound } from './refusals';

export interface PlaceOrder {
  readonly userId: string;
  readonly buyer: Buyer;
  readonly holdToken: string;
  readonly request: RepeatableRequest;
}

@injectable()
export class OrderPlacing {
  private readonly roots = new VerifiedRoots();

  constructor(
    @inject(Books) private readonly books: Books,
    @inject(Records) private readonly records: Records,
    @inject(Announced) private readonly announced: Announced,
    @inject(Clock) private readonly clock: Clock,
    @inject(Ids) private readonly ids: Ids,
  ) {}

  /** One order a hold: whoever holds places it once, and is given the same order each further time. */
  async place(command: PlaceOrder): Promise<Order> {
    const keyId = command.holdToken.split('.')[1] ?? '';
    const key = await this.announced.holdKey(keyId);
    let placed: Order | undefined;
    // The token is checked inside: a repeat of an answered request is answered again, though its hold may have ended.
    const { orderId } = await this.books.once(command.request, async (commit) => {
      placed = await this.placed(commit, command, (id) => (id === keyId ? key : undefined));
      return { orderId: placed.orderId };
    });
    const order = placed?.orderId === orderId ? placed : await this.records.order(orderId);
    if (!order) throw orderNotFound();
    return order;
  }

  private async placed(commit: Commit, command: PlaceOrder, findKey: FindKey): Promise<Order> {
    const verdict = verifyHoldToken(command.holdToken, findKey, this.clock.now(), this.roots);
    if (!verdict.valid)
      throw verdict.fault === 'unknown-key' ? notReady('signing key') : holdTokenRefused(verdict.fault);
    if (verdict.claims.userId !== command.userId) throw orderNotFound();
    const earlier = await commit.orderOfHold(verdict.claims.holdId);
    if (earlier) return earlier;
    const step = await this.quote(commit, verdict.claims, command.buyer);
    await commit.addOrder(step);
    return step.order;
  }

  private async quote(commit: Commit, claims: HoldClaims, buyer: Buyer): Promise<OrderStep> {
    const now = this.clock.now();
    const list = await commit.priceList(
      claims.eventId,
      claims.lines.map((line) => line.ticketTypeId),
    );
    if (!list) throw notReady('price');
    const order: Order = {
      orderId: this.ids.next(),
      holdId: claims.holdId,
      event: list.event,
      userId: claims.userId,
      buyer,
      price: priceOrder(claims.lines, list.prices),
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
    return isFree(order) ? advance(order, 'nothing-to-pay', { now }) : { order, effects: [] };
  }
}
