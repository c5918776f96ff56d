import { inMilliseconds, toMilliseconds, type Instant } from '@boxoffice/shared/kernel';
import type { Policy, PolicySettings } from '@boxoffice/shared/resilience';
import type { Stripe } from 'stripe' with { 'resolution-mode': 'import' };
import {
  GatewayRefused,
  GatewaySilent,
  type Gateway,
  type GatewayAbilities,
  type GatewayMovement,
  type PaymentAtGateway,
  type PaymentMethod,
  type PaymentToAuthorise,
  type PaymentToCapture,
  type RefundAtGateway,
  type RefundToMake,
  type WebhookVerdict,
} from '../../core/gateway';
import { identifier, object, UnreadableAnswer } from './answer';
import { ask } from './ask';
import { toStripe } from './stripe-money';
import { noticeFrom, type Inquiry } from './stripe-notice';
import { expanded, isOurs, movementFrom, paymentFrom, refundFrom } from './stripe-wire';

type SessionParams = NonNullable<Parameters<Stripe['checkout']['sessions']['create']>[0]>;

export interface StripeSettings {
  readonly secretKey: string;
  readonly webhookSecret: string;
  /** Where its API is; Stripe's own where absent. */
  readonly url?: string;
}

export function readStripeSettings(
  environment: Readonly<Record<string, string | undefined>>,
): StripeSettings | undefined {
  const secretKey = environment['STRIPE_SECRET_KEY'];
  const webhookSecret = environment['STRIPE_WEBHOOK_SECRET'];
  return secretKey && webhookSecret ? { secretKey, webhookSecret } : undefined;
}

export const stripePolicy: PolicySettings = {
  name: 'stripe',
  timeoutMilliseconds: 10_000,
  retries: 1,
  bulkhead: { atOnce: 64, waiting: 1000 },
  isTransient: (error) => error instanceof GatewaySilent,
};

const methods: Readonly<Partial<Record<PaymentMethod, string>>> = {
  card: 'card',
  wallet: 'card', // Checkout shows Apple Pay and Google Pay wherever it takes cards
  alipay: 'alipay',
  'wechat-pay': 'wechat_pay',
  ideal: 'ideal',
  bancontact: 'bancontact',
  klarna: 'klarna',
};

/** A session lives from 30 minutes to 24 hours (docs.stripe.com/api/checkout/sessions/create), a hold mostly less. */
const beyondTheHold = inMilliseconds({ minutes: 31 });
const toleranceSeconds = 300;
const whole = ['payment_intent.latest_charge.balance_transaction'];

/** Stripe: a Checkout Session a payment, and its PaymentIntent once the buyer pays. */
export class StripeGateway implements Gateway {
  readonly name = 'stripe';
  readonly abilities: GatewayAbilities = {
    methods: Object.keys(methods) as PaymentMethod[],
    capturesLater: true,
  };
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
      await unlessTooLate(
        this.call('expiring a session', ({ checkout }) => checkout.sessions.expire(reference)),
      );
    else if (outcome.is === 'authorised')
      await unlessTooLate(
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
      if (typeOf(error) === 'StripeSignatureVerificationError')
        return { genuine: false, fault: /tolerance/.test(String(error)) ? 'too-old' : 'forged' };
      if (error instanceof SyntaxError || error instanceof UnreadableAnswer)
        return { genuine: false, fault: 'malformed' };
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
        throw refusalFrom(error) ?? error;
      }
    });
  }

  private stripe(): Promise<Stripe> {
    this.client ??= openStripe(this.settings);
    return this.client;
  }
}

async function openStripe({ secretKey, url }: StripeSettings): Promise<Stripe> {
  // Loaded when it is first needed: a cold start does not wait for it.
  const { default: StripeClient } = await import('stripe');
  const where = url === undefined ? undefined : new URL(url);
  return new StripeClient(secretKey, {
    maxNetworkRetries: 0, // the policy's to decide
    timeout: stripePolicy.timeoutMilliseconds,
    telemetry: false,
    ...(where && {
      host: where.hostname,
      port: where.port,
      protocol: where.protocol === 'http:' ? 'http' : 'https',
    }),
  });
}

function sessionFor(order: PaymentToAuthorise): SessionParams {
  const { paymentId, orderId, amount, description, returnUrl, expiresAt, capture, method, buyer } = order;
  const { amount: unit_amount, currency } = toStripe(amount);
  const type = method && methods[method];
  if (method && !type) throw new GatewayRefused(`Stripe does not take ${method} here`);
  const metadata = { paymentId, orderId };
  return {
    mode: 'payment',
    client_reference_id: paymentId,
    metadata,
    customer_email: buyer.email,
    line_items: [{ quantity: 1, price_data: { currency, unit_amount, product_data: { name: description } } }],
    payment_intent_data: {
      metadata, // Stripe copies it to the charge
      description,
      capture_method: capture === 'later' ? 'manual' : 'automatic',
    },
    ...(type === undefined ? {} : { payment_method_types: [type as 'card'] }),
    ...(type === 'wechat_pay' ? { payment_method_options: { wechat_pay: { client: 'web' } } } : {}),
    adaptive_pricing: { enabled: false }, // the order has one currency
    success_url: returnUrl,
    cancel_url: returnUrl,
    // Made of nothing but the order, so that the same request repeated is the same to the last byte.
    expires_at: Math.ceil((toMilliseconds(expiresAt) + beyondTheHold) / 1000),
  };
}

/** The name of the PaymentIntent, expanded or not. Throws GatewayRefused where nobody has begun to pay. */
function intentOf(session: unknown): string {
  const intent = object(session)['payment_intent'];
  if (typeof intent === 'string') return intent;
  const there = expanded(intent);
  if (!there) throw new GatewayRefused('nothing was paid there');
  return identifier(there, 'id', 128);
}

async function unlessTooLate(asked: Promise<unknown>): Promise<void> {
  try {
    await asked;
  } catch (error) {
    if (!(error instanceof GatewayRefused)) throw error;
  }
}

/**
 * A faulty request and a declined card are a no. Anything else proves nothing: a key in use (409), a lock (429), a wrong secret key;
 * and least of all an idempotency error, which says that the key was used before.
 */
function refusalFrom(error: unknown): GatewayRefused | undefined {
  const type = typeOf(error);
  if (type !== 'StripeInvalidRequestError' && type !== 'StripeCardError') return undefined;
  const { code } = error as { code?: string };
  return new GatewayRefused(`Stripe refused: ${code ?? type}`, { cause: error });
}

const typeOf = (error: unknown): unknown =>
  error instanceof Error ? (error as Error & { type?: unknown }).type : undefined;
