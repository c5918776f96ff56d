import {
  GatewayRefused,
  GatewaySilent,
  type Gateway,
  type GatewayMovement,
  type Gateways,
  type PaymentAtGateway,
  type PaymentOutcome,
  type RefundAtGateway,
  type RefundOutcome,
} from '@boxoffice/payment-processing/main';
import { fromMilliseconds, type Money } from '@boxoffice/shared/kernel';
import type { Process, Random, SimulatedWorld, Span } from '@boxoffice/shared/platform/simulated';

export interface BankPayment {
  readonly paymentId: string;
  readonly orderId: string;
  readonly reference: string;
  readonly amount: Money;
  /** The buyer has done their part and the bank is at work: too late to take it back. */
  underWay: boolean;
  outcome: PaymentOutcome;
}

export interface BankRefund {
  readonly refundId: string;
  readonly reference: string;
  readonly paymentReference: string;
  readonly amount: Money;
  outcome: RefundOutcome;
}

/** What a buyer does on the bank's page. */
export type Deed = 'pay' | 'fail';

/** How the bank tells of it: again and again until it is heard, or not at all, so that only a question finds out. */
export interface Telling {
  /** How long the bank takes to decide. */
  readonly takes: Span;
  readonly notices: 'once' | 'several times' | 'never';
  readonly after: Span;
}

type Post = (body: Uint8Array, headers: Record<string, string>) => Promise<number | undefined>;

const seal = 'sealed-by-the-bank';
const patience = 12;

/** A gateway with its own books, which nobody else writes: what it has captured and given back is the truth about money. */
export class Bank {
  readonly payments = new Map<string, BankPayment>();
  readonly refunds = new Map<string, BankRefund>();
  /** Orders whose buyer has a card on file: captured while the payment is being opened. */
  readonly onFile = new Set<string>();
  post: Post = async () => undefined;
  private readonly byPaymentId = new Map<string, BankPayment>();
  private numbers = 0;

  constructor(
    private readonly world: SimulatedWorld,
    private readonly random: Random,
    /** Of its refunds: how many are not done at once, and how many of all fail in the end. */
    private readonly habits: {
      readonly slowRefunds: number;
      readonly failedRefunds: number;
      /** Of what it declined: how much it captures after all. */
      readonly changesOfMind: number;
    },
  ) {}

  /** What the buyer does counts once; a payment that was taken back can't be paid. */
  settle(reference: string, deed: Deed, telling: Telling): void {
    const payment = this.payments.get(reference);
    if (payment?.outcome.is !== 'open' || payment.underWay) return;
    payment.underWay = true;
    this.world.schedule.after(this.random.between(telling.takes), () => {
      this.decide(payment, deed);
      this.tell(telling, () => ({ payment: seen(payment) }));
      if (deed === 'fail' && this.random.chance(this.habits.changesOfMind)) this.changeMind(payment);
    });
  }

  /** A notice that somebody made up. */
  async forge(reference: string): Promise<number | undefined> {
    const payment = this.payments.get(reference);
    if (!payment) return undefined;
    const outcome: PaymentOutcome = { is: 'captured', amount: payment.amount, capturedAt: this.now() };
    return this.send(
      `forged-${++this.numbers}`,
      { payment: { ...seen(payment), outcome } },
      'sealed-by-nobody',
    );
  }

  gatewaysFor(process: Process): Gateways {
    const gateway = this.gatewayFor(process);
    return { names: [gateway.name], named: (name) => (name === gateway.name ? gateway : undefined) };
  }

  private gatewayFor(process: Process): Gateway {
    const { around } = this.world;
    const ask = <T>(what: string, effect: () => T): Promise<T> =>
      process.call(`bank: ${what}`, effect, {
        refusal: () =>
          around.random.chance(around.faults.unavailable)
            ? new GatewaySilent('the bank is not there')
            : undefined,
        unheard: () => new GatewaySilent('the bank did not answer'),
      });
    return {
      name: 'sandbox',
      abilities: { methods: ['card'], capturesLater: true },
      authorise: ({ paymentId, orderId, amount }) =>
        ask(`open ${paymentId}`, () =>
          seen(this.byPaymentId.get(paymentId) ?? this.create(paymentId, orderId, amount)),
        ),
      capture: (reference) =>
        ask(`capture ${reference}`, () => {
          const payment = this.known(reference);
          const { outcome, amount } = payment;
          if (outcome.is === 'authorised')
            payment.outcome = { is: 'captured', amount, capturedAt: this.now() };
          return seen(payment);
        }),
      lookUp: (reference) => ask(`look up ${reference}`, () => seen(this.known(reference))),
      cancel: (reference) =>
        ask(`cancel ${reference}`, () => {
          const payment = this.known(reference);
          if (payment.outcome.is === 'open' && !payment.underWay) payment.outcome = { is: 'cancelled' };
          return seen(payment);
        }),
      refund: ({ refundId, paymentReference, amount }) =>
        ask(`refund ${refundId}`, () =>
          seenRefund(this.refunds.get(refundId) ?? this.giveBack(refundId, paymentReference, amount)),
        ),
      lookUpRefund: (reference) =>
        ask(`look up refund ${reference}`, () => {
          const found = [...this.refunds.values()].find((refund) => refund.reference === reference);
          if (!found) throw new GatewayRefused(`no refund ${reference}`);
          return seenRefund(found);
        }),
      movements: (since, until) => this.movements(since, until),
      verifyWebhook: async (rawBody, headers) => {
        if (headers['x-bank-seal'] !== seal) return { genuine: false, fault: 'forged' };
        return { genuine: true, notice: JSON.parse(Buffer.from(rawBody).toString()) as never };
      },
    };
  }

  private async *movements(since: string, until: string): AsyncIterable<GatewayMovement> {
    for (const { reference, paymentId, amount, outcome } of this.payments.values())
      if (outcome.is === 'captured' && outcome.capturedAt >= since && outcome.capturedAt < until)
        yield { is: 'capture', reference, ourId: paymentId, amount, at: outcome.capturedAt };
    for (const { reference, refundId, amount, outcome } of this.refunds.values())
      if (outcome.is === 'succeeded' && outcome.refundedAt >= since && outcome.refundedAt < until)
        yield { is: 'refund', reference, ourId: refundId, amount, at: outcome.refundedAt };
  }

  private create(paymentId: string, orderId: string, amount: Money): BankPayment {
    const payment: BankPayment = {
      paymentId,
      orderId,
      amount,
      reference: `bank-${++this.numbers}`,
      underWay: false,
      outcome: { is: 'open' },
    };
    this.payments.set(payment.reference, payment);
    this.byPaymentId.set(paymentId, payment);
    if (this.onFile.has(orderId)) {
      // Its notice may overtake the answer to the call that is being made.
      this.decide(payment, 'pay');
      this.tell({ notices: 'once', takes: [0, 0], after: [0, 20] }, () => ({ payment: seen(payment) }));
    }
    return payment;
  }

  private decide(payment: BankPayment, deed: Deed): void {
    payment.outcome =
      deed === 'pay'
        ? { is: 'captured', amount: payment.amount, capturedAt: this.now() }
        : { is: 'declined', reason: 'the card has no cover' };
    this.world.around.note(
      'bank',
      `${payment.reference} of order ${payment.orderId} is ${payment.outcome.is}`,
    );
  }

  private changeMind(payment: BankPayment): void {
    this.world.schedule.after(this.random.between([60_000, 3 * 3_600_000]), () => {
      this.world.around.fault('bank changed its mind');
      this.decide(payment, 'pay');
      this.tell({ notices: 'several times', takes: [0, 0], after: [0, 60_000] }, () => ({
        payment: seen(payment),
      }));
    });
  }

  private giveBack(refundId: string, paymentReference: string, amount: Money): BankRefund {
    const payment = this.known(paymentReference);
    if (payment.outcome.is !== 'captured') throw new GatewayRefused('nothing was captured');
    const back = [...this.refunds.values()]
      .filter((one) => one.paymentReference === paymentReference && one.outcome.is !== 'failed')
      .reduce((sum, one) => sum + one.amount.amountMinor, amount.amountMinor);
    if (back > payment.amount.amountMinor) throw new GatewayRefused('more than was captured');
    const refund: BankRefund = {
      refundId,
      paymentReference,
      amount,
      reference: `bank-refund-${++this.numbers}`,
      outcome: { is: 'pending' },
    };
    this.refunds.set(refundId, refund);
    const finish = (): void => {
      const fails = this.random.chance(this.habits.failedRefunds);
      refund.outcome = fails
        ? { is: 'failed', reason: 'the account is closed' }
        : { is: 'succeeded', refundedAt: this.now() };
      this.world.around.note('bank', `${refund.reference} of ${paymentReference} ${refund.outcome.is}`);
    };
    if (this.random.chance(this.habits.slowRefunds)) {
      this.world.schedule.after(this.random.between([1_000, 6 * 3_600_000]), () => {
        finish();
        if (this.random.chance(0.5))
          this.tell({ notices: 'once', takes: [0, 0], after: [0, 5_000] }, () => ({
            refund: seenRefund(refund),
          }));
      });
    } else finish();
    return refund;
  }

  private tell({ notices, after }: Telling, content: () => object): void {
    if (notices === 'never') {
      this.world.around.fault('bank told nobody');
      return;
    }
    const id = `notice-${++this.numbers}`;
    const copies = notices === 'once' ? 1 : this.random.between([2, 4]);
    if (copies > 1) this.world.around.fault('bank told it again');
    for (let copy = 0; copy < copies; copy++)
      this.world.schedule.after(this.random.between(after), () => void this.insist(id, content(), 1));
  }

  private async insist(id: string, content: object, attempt: number): Promise<void> {
    const status = await this.send(id, content, seal);
    if (status !== undefined && status < 300) return;
    if (attempt === patience) return;
    this.world.schedule.after(
      Math.min(5_000 * 3 ** attempt, 6 * 3_600_000),
      () => void this.insist(id, content, attempt + 1),
    );
  }

  private send(id: string, content: object, sealedBy: string): Promise<number | undefined> {
    return this.post(Buffer.from(JSON.stringify({ id, ...content })), { 'x-bank-seal': sealedBy });
  }

  private known(reference: string): BankPayment {
    const payment = this.payments.get(reference);
    if (!payment) throw new GatewayRefused(`no payment ${reference}`);
    return payment;
  }

  private now = () => fromMilliseconds(this.world.schedule.now);
}

const seen = ({ paymentId, reference, outcome }: BankPayment): PaymentAtGateway => ({
  paymentId,
  reference,
  checkoutUrl: `https://bank.example/pay/${reference}`,
  outcome,
});

const seenRefund = ({ refundId, reference, outcome }: BankRefund): RefundAtGateway => ({
  refundId,
  reference,
  outcome,
});
