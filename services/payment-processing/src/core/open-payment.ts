import { Clock, Ids, type Instant } from '@boxoffice/shared/kernel';
import { inject, injectable } from 'tsyringe';
import { AskGateway } from './ask-gateway';
import { AttemptJudging, type Admission } from './fraud/judge-attempt';
import { paymentRefused } from './fraud/refusals';
import type { Order } from './order';
import { payBy } from './pay-by';
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
  /** Where the buyer asks from, as far as that is known. */
  readonly address: string | undefined;
  readonly request: RepeatableRequest;
}

interface Recorded {
  readonly payment: Payment;
  readonly order: Order;
}

type Refused = Extract<Admission, { readonly refused: unknown }>;
type Answer = { readonly paymentId: string } | Refused;

@injectable()
export class PaymentOpening {
  constructor(
    @inject(Books) private readonly books: Books,
    @inject(Records) private readonly records: Records,
    @inject(Gateways) private readonly gateways: Gateways,
    @inject(AskGateway) private readonly asking: AskGateway,
    @inject(AttemptJudging) private readonly fraud: AttemptJudging,
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
    const answer = await this.books.once<Answer>(command.request, async (commit) => {
      const made = await this.record(commit, command);
      if ('refused' in made) return made;
      recorded = made;
      return { paymentId: made.payment.paymentId };
    });
    if ('refused' in answer) throw paymentRefused(answer.refused);
    const { paymentId } = answer;
    const fresh = recorded?.payment.paymentId === paymentId ? recorded : undefined;
    const payment = fresh?.payment ?? (await this.records.payment(paymentId));
    if (!payment) throw paymentNotFound();
    // A request that is repeated after a crash goes on where the first one ended; the gateway knows the payment by its id.
    return isOpenedOrRefused(payment) ? payment : this.asking.create(payment, fresh?.order);
  }

  /** What is refused as fraud is answered, not thrown: that it was tried is kept. */
  private async record(commit: Commit, command: OpenPayment): Promise<Recorded | Refused> {
    const order = await commit.order(command.orderId);
    if (order?.userId !== command.userId) throw orderNotFound();
    refuseUnlessPayable(order, this.clock.now());
    const gateway = this.gateways.named(command.gateway);
    if (!gateway) throw unknownGateway(this.gateways.names);
    const wait = payBy(order, gateway.abilities, this.clock.now());
    const asked = { ...this.paymentFor(order, command.gateway), payBy: wait.payBy };
    const { capturesLater } = gateway.abilities;
    const attempt = { order, payment: asked, capturesLater, address: command.address };
    const admission = await this.fraud.judge(commit.fraud, attempt);
    if ('refused' in admission) return admission;
    const payment = { ...asked, ...admission };
    const waiting = { ...order, livePaymentId: payment.paymentId, dueAt: wait.dueAt };
    await commit.saveOrder({ order: waiting, effects: [] });
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
      capture: 'at-once',
      payBy: undefined,
      state: 'created',
      reference: undefined,
      checkoutUrl: undefined,
      declineReason: undefined,
      createdAt: now,
      capturedAt: undefined,
      refundedMinor: 0,
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
