import { Clock, Ids, type Instant } from '@boxoffice/shared/kernel';
import { inject, injectable } from 'tsyringe';
import { chooseGateways, GatewayPreferences } from './choose-gateway';
import { FallingBack, type FreshPayment } from './fall-back';
import { AttemptJudging, type Admission } from './fraud/judge-attempt';
import { paymentRefused } from './fraud/refusals';
import { dueOf, type Order } from './order';
import { payBy } from './pay-by';
import { firstAsk, type Payment } from './payment';
import {
  allOf,
  Books,
  Gateways,
  type Commit,
  type Gateway,
  type PaymentMethod,
  type RepeatableRequest,
} from './ports';
import { orderEnded, orderNotFound, orderPaidAlready, paymentUnderWay, unknownGateway } from './refusals';

export interface OpenPayment {
  readonly userId: string;
  readonly orderId: string;
  /** Chosen by the table where undefined. */
  readonly gateway: string | undefined;
  readonly method: PaymentMethod | undefined;
  /** Where the buyer asks from, as far as that is known. */
  readonly address: string | undefined;
  readonly request: RepeatableRequest;
}

type Refused = Extract<Admission, { readonly refused: unknown }>;
type Answer = { readonly paymentId: string } | Refused;

@injectable()
export class PaymentOpening {
  constructor(
    @inject(Books) private readonly books: Books,
    @inject(Gateways) private readonly gateways: Gateways,
    @inject(GatewayPreferences) private readonly preferences: GatewayPreferences,
    @inject(FallingBack) private readonly opening: FallingBack,
    @inject(AttemptJudging) private readonly fraud: AttemptJudging,
    @inject(Clock) private readonly clock: Clock,
    @inject(Ids) private readonly ids: Ids,
  ) {}

  /**
   * Records the payment first, so that nothing is ever open at the gateway that is not known here; then asks the gateway.
   * Where that does not answer, the payment is `unknown`, and asked about again until it is known.
   */
  async open(command: OpenPayment): Promise<Payment> {
    let recorded: FreshPayment | undefined;
    const answer = await this.books.once<Answer>(command.request, async (commit) => {
      const made = await this.record(commit, command);
      if ('refused' in made) return made;
      recorded = made;
      return { paymentId: made.payment.paymentId };
    });
    if ('refused' in answer) throw paymentRefused(answer.refused);
    const { paymentId } = answer;
    return recorded?.payment.paymentId === paymentId
      ? this.opening.open(recorded)
      : this.opening.openAgain(paymentId);
  }

  /** What is refused as fraud is answered, not thrown: that it was tried is kept. */
  private async record(commit: Commit, command: OpenPayment): Promise<FreshPayment | Refused> {
    const order = await commit.order(command.orderId);
    if (order?.userId !== command.userId) throw orderNotFound();
    refuseUnlessPayable(order, this.clock.now());
    const able = this.ableToTake(order, command);
    const later = able.filter(({ abilities }) => abilities.capturesLater);
    const asked = this.paymentFor(order, able[0].name, command.method);
    const attempt = { order, payment: asked, capturesLater: later.length > 0, address: command.address };
    const admission = await this.fraud.judge(commit.fraud, attempt);
    if ('refused' in admission) return admission;
    // What a person is to look at is at one gateway, and stays there.
    const [first, ...more] = admission.capture === 'later' ? [later[0] ?? able[0]] : able;
    const wait = payBy(order, first.abilities, this.clock.now());
    const payment = { ...asked, ...admission, gateway: first.name, payBy: wait.payBy };
    const waiting = { ...order, livePaymentId: payment.paymentId, dueAt: wait.dueAt };
    const saved = await commit.saveOrder({ order: waiting, effects: [] });
    const opened = await commit.addPayment(payment);
    // Nobody who meant to pay now is left with days to do so.
    const others = more.filter(({ abilities }) => abilities.daysToPay === undefined);
    return { payment: opened, order: saved, others: others.map(({ name }) => name) };
  }

  /** Those that can take it, in the order of asking: the one that was named, or as the table says. */
  private ableToTake(order: Order, { gateway, method }: OpenPayment): readonly [Gateway, ...Gateway[]] {
    const due = { ...dueOf(order), method };
    const all = allOf(this.gateways);
    const able = chooseGateways(
      due,
      all,
      gateway === undefined ? this.preferences : [{ gateways: [gateway] }],
    );
    const [first, ...others] = able;
    if (!first) throw unknownGateway(chooseGateways(due, all, this.preferences).map(({ name }) => name));
    return [first, ...others];
  }

  private paymentFor(order: Order, gateway: string, method: PaymentMethod | undefined): Payment {
    const now = this.clock.now();
    return {
      paymentId: this.ids.next(),
      orderId: order.orderId,
      userId: order.userId,
      gateway,
      amount: order.price.due,
      capture: 'at-once',
      payBy: undefined,
      method,
      state: 'created',
      reference: undefined,
      checkoutUrl: undefined,
      declineReason: undefined,
      createdAt: now,
      capturedAt: undefined,
      refundedMinor: 0,
      askAt: firstAsk(now),
      asks: 0,
      replacedBy: undefined,
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
