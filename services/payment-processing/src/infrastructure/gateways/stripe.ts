import { toMilliseconds, type Instant } from '@boxoffice/shared/kernel';
import type { Policy } from '@boxoffice/shared/resilience';
import type { Stripe } from 'stripe' with { 'resolution-mode': 'import' };
import {
  GatewayRefused,
  type Gateway,
  type GatewayMovement,
  type PaymentAtGateway,
  type PaymentToAuthorise,
  type PaymentToCapture,
  type RefundAtGateway,
  type RefundToMake,
  type WebhookVerdict,
} from '../../core/gateway';
import { identifier, isUnreadable, object } from './answer';
import { ask } from './ask';
import { toStripe } from './stripe-money';
import { noticeFrom, type Inquiry } from './stripe-notice';
import { unlessRefused } from './refusal';
import { openStripe } from './stripe-package';
import { stripeErrorType, stripeRefusal } from './stripe-refusal';
import { sessionFor } from './stripe-session';
import { stripeAbilities, type StripeSettings } from './stripe-settings';
import { expanded, isOurs, movementFrom, paymentFrom, refundFrom } from './stripe-wire';

const toleranceSeconds = 300;
const whole = ['payment_intent.latest_charge.balance_transaction'];

/** Stripe: a Checkout Session a payment, and its PaymentIntent once the buyer pays. */
export class StripeGateway implements Gateway {
  readonly name = 'stripe';
  readonly abilities = stripeAbilities;
  private client: Promise<Stripe> | undefined;

  constructor(
    private readonly settings: StripeSettings,
    private readonly policy: Policy,
  ) {}

  async authorise(order: PaymentToAuthorise): Promise<PaymentAtGateway> {
    const params = sessionFor(order);
    const options = { idempotencyKey: order.paymentId };
    return this.call('opening a session', async ({ checkout }) =>
      paymentFrom(await checkout.sessions.create(params, options)),
    );
  }

  async capture(reference: string, { paymentId, amount }: PaymentToCapture): Promise<PaymentAtGateway> {
    const session = await this.session(reference);
    const payment = paymentFrom(session);
    if (payment.outcome.is !== 'authorised') return payment;
    const params = { amount_to_capture: toStripe(amount).amount };
    const options = { idempotencyKey: `capture~${paymentId}` };
    await this.call('capturing', (stripe) =>
      stripe.paymentIntents.capture(intentOf(session), params, options),
    );
    return this.lookUp(reference);
  }

  async lookUp(reference: string): Promise<PaymentAtGateway> {
    return paymentFrom(await this.session(reference));
  }

  async cancel(reference: string): Promise<PaymentAtGateway> {
    const session = await this.session(reference);
    const { outcome } = paymentFrom(session);
    // Between the look and the deed the buyer may pay: Stripe then refuses, and the second look tells.
    if (object(session)['status'] === 'open')
      await unlessRefused(
        this.call('expiring a session', ({ checkout }) => checkout.sessions.expire(reference)),
      );
    else if (outcome.is === 'authorised')
      await unlessRefused(
        this.call('cancelling', (stripe) => stripe.paymentIntents.cancel(intentOf(session))),
      );
    return this.lookUp(reference);
  }

  async refund({ refundId, paymentReference, amount }: RefundToMake): Promise<RefundAtGateway> {
    const intent = intentOf(await this.session(paymentReference));
    // Stripe forgets an idempotency key after a day, and a refund may be asked for longer: its own list does not forget.
    const earlier = await this.call('listing refunds', (stripe) =>
      stripe.refunds.list({ payment_intent: intent, limit: 100 }),
    );
    const made = earlier.data.find(({ metadata }) => metadata?.['refundId'] === refundId);
    if (made) return refundFrom(made);
    const params = { payment_intent: intent, amount: toStripe(amount).amount, metadata: { refundId } };
    return this.call('refunding', async (stripe) =>
      refundFrom(await stripe.refunds.create(params, { idempotencyKey: refundId })),
    );
  }

  async lookUpRefund(reference: string): Promise<RefundAtGateway> {
    return this.call('looking a refund up', async (stripe) =>
      refundFrom(await stripe.refunds.retrieve(reference)),
    );
  }

  async verifyWebhook(
    rawBody: Uint8Array,
    headers: Readonly<Record<string, string | undefined>>,
    now: Instant,
  ): Promise<WebhookVerdict> {
    const signature = headers['stripe-signature'];
    if (!signature || signature.length > 1000) return { genuine: false, fault: 'unsigned' };
    const { webhooks } = await this.stripe();
    const at = toMilliseconds(now);
    try {
      const { webhookSecret } = this.settings;
      const event = webhooks.constructEvent(
        rawBody,
        signature,
        webhookSecret,
        toleranceSeconds,
        undefined,
        at,
      );
      // The package asks only whether a notice is old.
      const aheadSeconds = Number(/(?:^|,)\s*t=(\d+)/.exec(signature)?.[1]) - at / 1000;
      if (aheadSeconds > toleranceSeconds) return { genuine: false, fault: 'from-the-future' };
      return { genuine: true, notice: await noticeFrom(event, this.inquiry) };
    } catch (error) {
      if (stripeErrorType(error) === 'StripeSignatureVerificationError')
        return { genuine: false, fault: /tolerance/.test(String(error)) ? 'too-old' : 'forged' };
      if (isUnreadable(error)) return { genuine: false, fault: 'malformed' };
      throw error;
    }
  }

  async *movements(since: Instant, until: Instant): AsyncIterable<GatewayMovement> {
    // Stripe counts whole seconds.
    const created = {
      gte: Math.ceil(toMilliseconds(since) / 1000),
      lt: Math.ceil(toMilliseconds(until) / 1000),
    };
    const query = { created, limit: 100, expand: ['data.source'] };
    for (let after: string | undefined; ;) {
      const from = after === undefined ? query : { ...query, starting_after: after };
      const page = await this.call('listing the balance', async (stripe) => {
        const { data, has_more } = await stripe.balanceTransactions.list(from);
        return { movements: data.map(movementFrom), next: has_more ? data.at(-1)?.id : undefined };
      });
      for (const movement of page.movements) if (movement) yield movement;
      after = page.next;
      if (after === undefined) return;
    }
  }

  private session(reference: string): Promise<unknown> {
    return this.call('looking a session up', async ({ checkout }) => {
      const session = await checkout.sessions.retrieve(reference, { expand: whole });
      paymentFrom(session); // what can't be read is silence
      return session;
    });
  }

  private readonly inquiry: Inquiry = {
    sessionOf: (intentId) =>
      this.call('looking a session up', async ({ checkout }) => {
        const expand = whole.map((path) => `data.${path}`);
        const { data } = await checkout.sessions.list({ payment_intent: intentId, limit: 1, expand });
        return data.find((session) => isOurs(session, 'paymentId'));
      }),
    intent: (intentId) =>
      this.call('looking a PaymentIntent up', (stripe) => stripe.paymentIntents.retrieve(intentId)),
  };

  private async call<T>(what: string, work: (stripe: Stripe) => Promise<T>): Promise<T> {
    const stripe = await this.stripe(); // loading it is not the gateway's time
    return ask(this.policy, `stripe, ${what}`, async () => {
      try {
        return await work(stripe);
      } catch (error) {
        throw stripeRefusal(error) ?? error;
      }
    });
  }

  private stripe(): Promise<Stripe> {
    this.client ??= openStripe(this.settings);
    return this.client;
  }
}

/** The name of the PaymentIntent, expanded or not. Throws GatewayRefused where nobody has begun to pay. */
function intentOf(session: unknown): string {
  const intent = object(session)['payment_intent'];
  if (typeof intent === 'string') return intent;
  const there = expanded(intent);
  if (!there) throw new GatewayRefused('nothing was paid there');
  return identifier(there, 'id', 128);
}
