import { Clock, Ids, type Instant } from '@boxoffice/shared/kernel';
import { inject, injectable } from 'tsyringe';
import { AskGateway } from './ask-gateway';
import type { Order } from './order';
import { firstAsk, type Payment } from './payment';
import { Books, Gateways, Records, type Commit, type RepeatableRequest } from './ports';
import {
  orderEnded,
  orderNotFound,
  orderPaidAlready,
  paymentNotFound,
  paymentUnderWay,
  unknownGateway,
} from './refusals';

export interface OpenPayment {
  readonly userId: string;
  readonly orderId: string;
  readonly gateway: string;
  readonly request: RepeatableRequest;
}

interface Recorded {
  readonly payment: Payment;
  readonly order: Order;
}

@injectable()
export class PaymentOpening {
  constructor(
    @inject(Books) private readonly books: Books,
    @inject(Records) private readonly records: Records,
    @inject(Gateways) private readonly gateways: Gateways,
    @inject(AskGateway) private readonly asking: AskGateway,
    @inject(Clock) private readonly clock: Clock,
    @inject(Ids) private readonly ids: Ids,
  ) {}

  /**
   * Records the payment first, so that nothing is ever open at the gateway that is not known here; then asks the gateway.
   * Where that does not answer, the payment is `unknown`, and asked about again until it is known.
   */
  async open(command: OpenPayment): Promise<Payment> {
    if (!this.gateways.named(command.gateway)) throw unknownGateway(this.gateways.names);
    let recorded: Recorded | undefined;
    const { paymentId } = await this.books.once(command.request, async (commit) => {
      recorded = await this.record(commit, command);
      return { paymentId: recorded.payment.paymentId };
    });
    const fresh = recorded?.payment.paymentId === paymentId ? recorded : undefined;
    const payment = fresh?.payment ?? (await this.records.payment(paymentId));
    if (!payment) throw paymentNotFound();
    // A request that is repeated after a crash goes on where the first one ended; the gateway knows the payment by its id.
    return isOpenedOrRefused(payment) ? payment : this.asking.create(payment, fresh?.order);
  }

  private async record(commit: Commit, command: OpenPayment): Promise<Recorded> {
    const order = await commit.order(command.orderId);
    if (order?.userId !== command.userId) throw orderNotFound();
    refuseUnlessPayable(order, this.clock.now());
    const payment = this.paymentFor(order, command.gateway);
    await commit.saveOrder({ order: { ...order, livePaymentId: payment.paymentId }, effects: [] });
    await commit.addPayment(payment);
    return { payment, order };
  }

  private paymentFor(order: Order, gateway: string): Payment {
    const now = this.clock.now();
    return {
      paymentId: this.ids.next(),
      orderId: order.orderId,
      userId: order.userId,
      gateway,
      amount: order.price.due,
      state: 'created',
      reference: undefined,
      checkoutUrl: undefined,
      declineReason: undefined,
      createdAt: now,
      capturedAt: undefined,
      askAt: firstAsk(now),
      asks: 0,
      version: 1,
    };
  }
}

function refuseUnlessPayable(order: Order, now: Instant): void {
  if (order.state === 'expired' || (order.state === 'placed' && order.holdExpiresAt <= now))
    throw orderEnded();
  if (order.state !== 'placed') throw orderPaidAlready();
  if (order.livePaymentId !== undefined) throw paymentUnderWay(order.livePaymentId);
}

/** The gateway has said where to pay, or that it won't: there is nothing to ask it. */
const isOpenedOrRefused = ({ checkoutUrl, state, reference }: Payment): boolean =>
  checkoutUrl !== undefined || (state === 'declined' && reference === undefined);
