import {
  GatewayRefused,
  type GatewayMovement,
  type PaymentOutcome,
  type PaymentToAuthorise,
  type RefundToMake,
} from '@boxoffice/payment-processing/main';
import { fromMilliseconds, type Instant, type Money } from '@boxoffice/shared/kernel';
import type { Random, SimulatedWorld } from '@boxoffice/shared/platform/simulated';
import { seen, seenRefund, type BankPayment, type BankRefund } from './bank-books';
import { Notices, type Telling } from './bank-notices';

/** What a buyer does on the bank's page. */
export type Deed = 'pay' | 'fail';

export interface Habits {
  /** Of its refunds: how many are not done at once, and how many of all fail in the end. */
  readonly slowRefunds: number;
  readonly failedRefunds: number;
  /** Of what it declined: how much it captures after all. */
  readonly changesOfMind: number;
  /** Of payments that are to be opened: how many it will not have. */
  readonly refusals: number;
}

/** A gateway with its own books, which nobody else writes: what it has captured and given back is the truth about money. */
export class Bank {
  readonly payments = new Map<string, BankPayment>();
  readonly refunds = new Map<string, BankRefund>();
  /** Orders whose buyer has a card on file: captured while the payment is being opened. */
  readonly onFile = new Set<string>();
  /** Asked to give back more than is left: nobody whose books are right asks so. */
  readonly overdrawn: string[] = [];
  readonly notices: Notices;
  private readonly byPaymentId = new Map<string, BankPayment>();
  private readonly refused = new Set<string>();
  private closedUntil = 0;
  private numbers = 0;

  constructor(
    readonly name: string,
    private readonly world: SimulatedWorld,
    private readonly random: Random,
    private readonly habits: Habits,
  ) {
    this.notices = new Notices(world, random);
  }

  /** Nobody reaches it. */
  get isClosed(): boolean {
    return this.world.schedule.now < this.closedUntil;
  }

  close(milliseconds: number): void {
    this.world.around.fault('bank out of reach');
    this.closedUntil = this.world.schedule.now + milliseconds;
  }

  /** What the buyer does counts once; a payment that was taken back can't be paid. */
  settle(reference: string, deed: Deed, telling: Telling): void {
    const payment = this.payments.get(reference);
    if (payment?.outcome.is !== 'open' || payment.underWay) return;
    payment.underWay = true;
    this.world.schedule.after(this.random.between(telling.takes), () => {
      this.decide(payment, deed);
      this.notices.tell(telling, () => ({ payment: seen(payment) }));
      if (deed === 'fail' && this.random.chance(this.habits.changesOfMind)) this.changeMind(payment);
    });
  }

  /** A notice that somebody made up. */
  async forge(reference: string): Promise<number | undefined> {
    const payment = this.payments.get(reference);
    if (!payment) return undefined;
    const outcome: PaymentOutcome = { is: 'captured', amount: payment.amount, capturedAt: this.now() };
    return this.notices.forge({ payment: { ...seen(payment), outcome } });
  }

  /** Under one id it is one payment, and refused once it is refused for good. */
  open({ paymentId, orderId, amount }: PaymentToAuthorise): BankPayment {
    const known = this.byPaymentId.get(paymentId);
    if (known) return known;
    if (this.refused.has(paymentId) || this.random.chance(this.habits.refusals)) {
      this.refused.add(paymentId);
      throw new GatewayRefused('not with us');
    }
    return this.create(paymentId, orderId, amount);
  }

  capture(reference: string): BankPayment {
    const payment = this.known(reference);
    const { outcome, amount } = payment;
    if (outcome.is === 'authorised') payment.outcome = { is: 'captured', amount, capturedAt: this.now() };
    return payment;
  }

  cancel(reference: string): BankPayment {
    const payment = this.known(reference);
    if (payment.outcome.is === 'open' && !payment.underWay) payment.outcome = { is: 'cancelled' };
    return payment;
  }

  known(reference: string): BankPayment {
    const payment = this.payments.get(reference);
    if (!payment) throw new GatewayRefused(`no payment ${reference}`);
    return payment;
  }

  knownRefund(reference: string): BankRefund {
    const found = [...this.refunds.values()].find((refund) => refund.reference === reference);
    if (!found) throw new GatewayRefused(`no refund ${reference}`);
    return found;
  }

  giveBack({ refundId, paymentReference, amount }: RefundToMake): BankRefund {
    const known = this.refunds.get(refundId);
    if (known) return known;
    const payment = this.known(paymentReference);
    if (payment.outcome.is !== 'captured') throw new GatewayRefused('nothing was captured');
    const back = [...this.refunds.values()]
      .filter((one) => one.paymentReference === paymentReference && one.outcome.is !== 'failed')
      .reduce((sum, one) => sum + one.amount.amountMinor, amount.amountMinor);
    if (back > payment.amount.amountMinor) {
      this.overdrawn.push(payment.paymentId);
      throw new GatewayRefused('more than was captured');
    }
    const reference = `${this.name}-refund-${++this.numbers}`;
    const refund: BankRefund = {
      ...{ refundId, paymentReference, amount, reference },
      outcome: { is: 'pending' },
    };
    this.refunds.set(refundId, refund);
    if (this.random.chance(this.habits.slowRefunds)) this.finishLater(refund);
    else this.finish(refund);
    return refund;
  }

  async *movements(since: Instant, until: Instant): AsyncIterable<GatewayMovement> {
    for (const { reference, paymentId, amount, outcome } of this.payments.values())
      if (outcome.is === 'captured' && outcome.capturedAt >= since && outcome.capturedAt < until)
        yield { is: 'capture', reference, ourId: paymentId, amount, at: outcome.capturedAt };
    for (const { reference, refundId, amount, outcome } of this.refunds.values())
      if (outcome.is === 'succeeded' && outcome.refundedAt >= since && outcome.refundedAt < until)
        yield { is: 'refund', reference, ourId: refundId, amount, at: outcome.refundedAt };
  }

  private create(paymentId: string, orderId: string, amount: Money): BankPayment {
    const reference = `${this.name}-${++this.numbers}`;
    const payment: BankPayment = {
      ...{ paymentId, orderId, amount, reference },
      ...{ underWay: false, outcome: { is: 'open' } },
    };
    this.payments.set(payment.reference, payment);
    this.byPaymentId.set(paymentId, payment);
    if (this.onFile.has(orderId)) {
      // Its notice may overtake the answer to the call that is being made.
      this.decide(payment, 'pay');
      this.notices.tell({ notices: 'once', takes: [0, 0], after: [0, 20] }, () => ({
        payment: seen(payment),
      }));
    }
    return payment;
  }

  private decide(payment: BankPayment, deed: Deed): void {
    payment.outcome =
      deed === 'pay'
        ? { is: 'captured', amount: payment.amount, capturedAt: this.now() }
        : { is: 'declined', reason: 'the card has no cover' };
    this.note(`${payment.reference} of order ${payment.orderId} is ${payment.outcome.is}`);
  }

  private changeMind(payment: BankPayment): void {
    this.world.schedule.after(this.random.between([60_000, 3 * 3_600_000]), () => {
      this.world.around.fault('bank changed its mind');
      this.decide(payment, 'pay');
      this.notices.tell({ notices: 'several times', takes: [0, 0], after: [0, 60_000] }, () => ({
        payment: seen(payment),
      }));
    });
  }

  private finishLater(refund: BankRefund): void {
    this.world.schedule.after(this.random.between([1_000, 6 * 3_600_000]), () => {
      this.finish(refund);
      if (this.random.chance(0.5))
        this.notices.tell({ notices: 'once', takes: [0, 0], after: [0, 5_000] }, () => ({
          refund: seenRefund(refund),
        }));
    });
  }

  private finish(refund: BankRefund): void {
    refund.outcome = this.random.chance(this.habits.failedRefunds)
      ? { is: 'failed', reason: 'the account is closed' }
      : { is: 'succeeded', refundedAt: this.now() };
    this.note(`${refund.reference} of ${refund.paymentReference} ${refund.outcome.is}`);
  }

  private note(what: string): void {
    this.world.around.note(`bank ${this.name}`, what);
  }

  private now = () => fromMilliseconds(this.world.schedule.now);
}
