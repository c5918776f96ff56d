import { fromMilliseconds, type Money } from '@boxoffice/shared/kernel';
import {
  GatewayRefused,
  GatewaySilent,
  type Gateway,
  type GatewayAbilities,
  type GatewayMovement,
  type PaymentAtGateway,
  type PaymentOutcome,
  type RefundAtGateway,
  type WebhookNotice,
} from '../src/core/gateway';

interface PaymentThere {
  readonly paymentId: string;
  readonly reference: string;
  readonly amount: Money;
  outcome: PaymentOutcome;
}

/** A gateway whose books are open to the test, and which is silent when told to be. */
export class CounterGateway implements Gateway {
  abilities: GatewayAbilities = { methods: ['card'], capturesLater: true };
  readonly payments = new Map<string, PaymentThere>();
  readonly refunds = new Map<
    string,
    RefundAtGateway & { readonly payment: string; readonly amount: Money }
  >();
  /** Calls that are not answered next: whether what they ask for happens all the same. */
  readonly silences: { readonly call: string; readonly fate: 'done' | 'not-done' }[] = [];
  readonly calls: string[] = [];
  /** How each payment was to be captured, and the card that it was paid with, by our id. */
  readonly captures = new Map<string, 'at-once' | 'later'>();
  readonly fingerprints = new Map<string, string>();
  /** Runs before each call is looked at. */
  before: (call: string) => Promise<void> = async () => undefined;
  refundsArePending = false;
  refundsFail = false;
  opensNothing = false;
  refusesToCapture = false;

  constructor(
    private readonly now: () => number,
    readonly name = 'counter',
  ) {}

  async authorise({
    paymentId,
    amount,
    capture,
  }: Parameters<Gateway['authorise']>[0]): Promise<PaymentAtGateway> {
    return this.asked('create', () => {
      this.captures.set(paymentId, capture);
      if (this.opensNothing) throw new GatewayRefused('not in this currency');
      const reference = `there-${paymentId}`;
      const payment = this.payments.get(reference) ?? {
        paymentId,
        reference,
        amount,
        outcome: { is: 'open' },
      };
      this.payments.set(reference, payment);
      return this.told(reference);
    });
  }

  async capture(reference: string): Promise<PaymentAtGateway> {
    return this.asked('capture', () => {
      const payment = this.of(reference);
      if (this.refusesToCapture) throw new GatewayRefused('too late for that');
      if (payment.outcome.is === 'authorised')
        payment.outcome = { is: 'captured', amount: payment.amount, capturedAt: this.moment() };
      return this.told(reference);
    });
  }

  async lookUp(reference: string): Promise<PaymentAtGateway> {
    return this.asked('look up', () => this.told(reference));
  }

  async cancel(reference: string): Promise<PaymentAtGateway> {
    return this.asked('cancel', () => {
      const payment = this.of(reference);
      if (payment.outcome.is === 'open' || payment.outcome.is === 'authorised')
        payment.outcome = { is: 'cancelled' };
      return this.told(reference);
    });
  }

  async refund({
    refundId,
    paymentReference,
    amount,
  }: Parameters<Gateway['refund']>[0]): Promise<RefundAtGateway> {
    return this.asked('refund', () => {
      const payment = this.of(paymentReference);
      const earlier = this.refunds.get(refundId);
      if (earlier) return earlier;
      const back = [...this.refunds.values()]
        .filter((one) => one.payment === paymentReference && one.outcome.is !== 'failed')
        .reduce((sum, one) => sum + one.amount.amountMinor, amount.amountMinor);
      if (payment.outcome.is !== 'captured' || back > payment.amount.amountMinor)
        throw new GatewayRefused('not that');
      const outcome = this.refundsFail
        ? ({ is: 'failed', reason: 'the card is closed' } as const)
        : this.refundsArePending
          ? ({ is: 'pending' } as const)
          : ({ is: 'succeeded', refundedAt: this.moment() } as const);
      const refund = { refundId, reference: `back-${refundId}`, outcome, payment: paymentReference, amount };
      this.refunds.set(refundId, refund);
      return refund;
    });
  }

  async lookUpRefund(reference: string): Promise<RefundAtGateway> {
    return this.asked('look up refund', () => {
      const refund = [...this.refunds.values()].find((one) => one.reference === reference);
      if (!refund) throw new GatewayRefused('no such refund');
      if (refund.outcome.is !== 'pending') return refund;
      const settled = { ...refund, outcome: { is: 'succeeded', refundedAt: this.moment() } as const };
      this.refunds.set(refund.refundId, settled);
      return settled;
    });
  }

  async verifyWebhook(rawBody: Uint8Array): Promise<{ genuine: true; notice: WebhookNotice }> {
    return { genuine: true, notice: JSON.parse(Buffer.from(rawBody).toString()) as WebhookNotice };
  }

  async *movements(since: string, until: string): AsyncIterable<GatewayMovement> {
    const { payments, refunds } = this;
    for (const { reference, paymentId, amount, outcome } of payments.values())
      if (outcome.is === 'captured' && outcome.capturedAt >= since && outcome.capturedAt < until)
        yield { is: 'capture', reference, ourId: paymentId, amount, at: outcome.capturedAt };
    for (const { reference, refundId, amount, outcome } of refunds.values())
      if (outcome.is === 'succeeded' && outcome.refundedAt >= since && outcome.refundedAt < until)
        yield { is: 'refund', reference, ourId: refundId, amount, at: outcome.refundedAt };
  }

  /** What the buyer or the bank does there. */
  decide(reference: string, is: 'authorised' | 'captured' | 'declined'): PaymentAtGateway {
    const payment = this.of(reference);
    const { amount } = payment;
    payment.outcome =
      is === 'captured'
        ? { is, amount, capturedAt: this.moment() }
        : is === 'authorised'
          ? { is, amount }
          : { is, reason: 'the card was declined' };
    return this.told(reference);
  }

  told = (reference: string): PaymentAtGateway => {
    const { paymentId, outcome } = this.of(reference);
    const fingerprint = this.fingerprints.get(paymentId);
    return {
      paymentId,
      reference,
      checkoutUrl: `https://counter.example/${reference}`,
      outcome,
      ...(fingerprint === undefined ? {} : { fingerprint }),
    };
  };

  private of(reference: string): PaymentThere {
    const payment = this.payments.get(reference);
    if (!payment) throw new GatewayRefused(`no payment ${reference}`);
    return payment;
  }

  private async asked<T>(what: string, work: () => T): Promise<T> {
    this.calls.push(what);
    await this.before(what);
    const next = this.silences.findIndex(({ call }) => call === what);
    const fate = next === -1 ? undefined : this.silences.splice(next, 1)[0]?.fate;
    if (fate === 'not-done') throw new GatewaySilent('no answer');
    const answer = work();
    if (fate === 'done') throw new GatewaySilent('no answer');
    return answer;
  }

  private moment = () => fromMilliseconds(this.now());
}
