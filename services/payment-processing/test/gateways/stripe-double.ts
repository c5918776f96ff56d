import Stripe from 'stripe';
import { fromMilliseconds, toMilliseconds, type Instant } from '@boxoffice/shared/kernel';
import { StripeGateway } from '../../src/infrastructure/gateways/stripe';
import { oneAttempt, type GatewayDouble } from './contract';
import { Loopback, type Call, type Reply, type Silence } from './loopback';

/** Objects as Stripe shows them; shapes after github.com/stripe/openapi (`openapi/fixtures3.json`), API version 2026-10-28. */
export type Shown = Record<string, unknown>;

interface Session extends Shown {
  readonly id: string;
  status: string;
  payment_status: string;
  payment_intent: string | null;
}
interface Intent extends Shown {
  readonly id: string;
  status: string;
  readonly amount: number;
}

export const webhookSecret = 'whsec_double';
const fees = 55; // a movement

/** What a form of Stripe's may have, for the calls that are made of it: another name is refused, as Stripe does. */
const parameters = new Set(
  (
    'mode client_reference_id metadata customer_email line_items payment_intent_data payment_method_types ' +
    'payment_method_options adaptive_pricing success_url cancel_url expires_at expand amount_to_capture ' +
    'payment_intent amount limit created starting_after'
  ).split(' '),
);

/** Stripe's API on this machine, as far as tickets are sold through it: Checkout Sessions and what hangs on them. */
export class StripeDouble implements GatewayDouble {
  readonly currency = 'EUR';
  readonly signsTime = true;
  readonly sessions = new Map<string, Session>();
  readonly intents = new Map<string, Intent>();
  readonly charges = new Map<string, Shown>();
  readonly refunds = new Map<string, Shown>();
  readonly balance: Shown[] = [];
  /** What became of a refund when it was made. */
  refundStatus = 'succeeded';
  /** A page of a list, where it is shorter than what was asked for. */
  longestPage = 100;
  private readonly answered = new Map<string, { readonly request: string; readonly reply: Reply }>();
  private counted = 0;

  private constructor(
    private readonly milliseconds: () => number,
    private readonly opened: { loopback?: Loopback; gateway?: StripeGateway },
  ) {}

  static async open(milliseconds: () => number = Date.now): Promise<StripeDouble> {
    const double = new StripeDouble(milliseconds, {});
    double.opened.loopback = await Loopback.open((call) => double.answer(call));
    const settings = { secretKey: 'sk_test_double', webhookSecret, url: double.loopback.url };
    double.opened.gateway = new StripeGateway(settings, oneAttempt());
    return double;
  }

  get loopback(): Loopback {
    return this.opened.loopback!;
  }
  get gateway(): StripeGateway {
    return this.opened.gateway!;
  }

  now(): Instant {
    return fromMilliseconds(this.milliseconds());
  }

  close(): Promise<void> {
    return this.loopback.close();
  }

  silence(next: 'change' | 'call', silence: Silence): void {
    this.loopback.silence(next, silence);
  }

  made(): { payments: number; refunds: number } {
    return { payments: this.sessions.size, refunds: this.refunds.size };
  }

  async pay(reference: string): Promise<void> {
    const session = this.sessions.get(reference)!;
    const intent = this.begin(session);
    const manual = intent['capture_method'] === 'manual';
    const charge = this.add(this.charges, 'ch', 'charge', {
      amount: intent.amount,
      amount_captured: 0,
      currency: intent['currency'],
      metadata: intent['metadata'],
      payment_intent: intent.id,
      balance_transaction: null,
      payment_method_details: { type: 'card', card: { brand: 'visa', fingerprint: 'AOB934RVNwzk6xtn' } },
      status: 'succeeded',
    });
    Object.assign(session, { status: 'complete', payment_status: manual ? 'unpaid' : 'paid', url: null });
    Object.assign(intent, { status: 'requires_capture', latest_charge: charge['id'] });
    if (manual) intent['amount_capturable'] = intent.amount;
    else this.takeIn(intent);
  }

  /** A bank that answers hours later, and says no: a card that is declined leaves the session open. */
  async decline(reference: string): Promise<void> {
    const session = this.sessions.get(reference)!;
    const intent = this.begin(session);
    Object.assign(session, { status: 'complete', payment_status: 'unpaid', url: null });
    Object.assign(intent, {
      status: 'requires_payment_method',
      last_payment_error: {
        type: 'card_error',
        code: 'payment_method_provider_decline',
        message: 'Declined.',
      },
    });
  }

  notice(reference: string): { rawBody: Uint8Array; headers: Record<string, string> } {
    return this.event('checkout.session.completed', this.sessions.get(reference)!);
  }

  /** A notice of `object`, signed as of `at`. */
  event(
    type: string,
    object: Shown,
    at = this.now(),
  ): { rawBody: Uint8Array; headers: Record<string, string> } {
    const created = Math.floor(toMilliseconds(at) / 1000);
    const event = {
      id: this.nextId('evt'),
      object: 'event',
      api_version: '2026-10-28.endive',
      created,
      type,
    };
    const payload = JSON.stringify({ ...event, livemode: false, data: { object } });
    return { rawBody: Buffer.from(payload), headers: signed(payload, created) };
  }

  /** As a day later: Stripe keeps an idempotency key for 24 hours at least. */
  forgetKeys(): void {
    this.answered.clear();
  }

  private answer(call: Call): Reply {
    const form = new URLSearchParams(call.body);
    const unknown = [...form.keys(), ...call.query.keys()].find((key) => !parameters.has(key.split('[')[0]!));
    if (unknown !== undefined) return refusal(400, 'parameter_unknown');
    if (call.headers['authorization'] !== 'Bearer sk_test_double') return refusal(401, 'api_key_invalid');
    const key = call.headers['idempotency-key'];
    if (call.method !== 'POST' || typeof key !== 'string') return this.carryOut(call, form);
    const request = `${call.path} ${call.body}`;
    const before = this.answered.get(key);
    if (before && before.request !== request) return refusal(400, undefined, 'idempotency_error');
    const reply = before?.reply ?? this.carryOut(call, form);
    // What was not begun, because it was faulty, is not remembered.
    if (reply.status === 200) this.answered.set(key, { request, reply: structuredClone(reply) });
    return reply;
  }

  private carryOut({ method, path, query }: Call, form: URLSearchParams): Reply {
    const [, , ...parts] = path.split('/');
    const [what, id = '', deed = ''] = parts[0] === 'checkout' ? parts.slice(1) : parts;
    switch (`${method} ${what}${id && ' id'}${deed && ` ${deed}`}`) {
      case 'POST sessions':
        return this.openSession(form);
      case 'GET sessions':
        return list(
          [...this.sessions.values()]
            .filter((one) => one.payment_intent === query.get('payment_intent'))
            .map(this.whole),
        );
      case 'GET sessions id':
        return this.found(this.sessions.get(id), this.whole);
      case 'POST sessions id expire':
        return this.found(this.sessions.get(id), (session) => {
          if (session.status !== 'open') return undefined;
          session.status = 'expired';
          return session;
        });
      case 'GET payment_intents id':
        return this.found(this.intents.get(id), (intent) => intent);
      case 'POST payment_intents id capture':
        return this.found(this.intents.get(id), (intent) =>
          intent.status === 'requires_capture' ? this.takeIn(intent) : undefined,
        );
      case 'POST payment_intents id cancel':
        return this.found(this.intents.get(id), (intent) => {
          if (['succeeded', 'canceled', 'processing'].includes(intent.status)) return undefined;
          intent.status = 'canceled';
          return intent;
        });
      case 'POST refunds':
        return this.refund(form);
      case 'GET refunds':
        return list(
          [...this.refunds.values()].filter((one) => one['payment_intent'] === query.get('payment_intent')),
        );
      case 'GET refunds id':
        return this.found(this.refunds.get(id), (refund) => refund);
      case 'GET balance_transactions':
        return this.page(query);
      default:
        return refusal(404, 'url_invalid');
    }
  }

  private openSession(form: URLSearchParams): Reply {
    const number = (name: string) => Number(form.get(name));
    const ahead = number('expires_at') - this.milliseconds() / 1000;
    if (ahead < 30 * 60 || ahead > 24 * 3600) return refusal(400, 'parameter_invalid_integer');
    const amount = number('line_items[0][price_data][unit_amount]');
    if (!Number.isSafeInteger(amount) || amount <= 0) return refusal(400, 'parameter_invalid_integer');
    const metadata = metadataOf(form, 'metadata');
    const session = this.add(this.sessions, 'cs_test', 'checkout.session', {
      client_reference_id: form.get('client_reference_id'),
      metadata,
      mode: form.get('mode'),
      amount_total: amount,
      currency: form.get('line_items[0][price_data][currency]'),
      status: 'open',
      payment_status: 'unpaid',
      payment_intent: null,
      payment_method_types: form.has('payment_method_types[0]')
        ? [form.get('payment_method_types[0]')]
        : ['card'],
      expires_at: number('expires_at'),
      capture_method: form.get('payment_intent_data[capture_method]'),
      intent_metadata: metadataOf(form, 'payment_intent_data[metadata]'),
    });
    session['url'] = `https://checkout.stripe.com/c/pay/${session.id}`;
    return { status: 200, body: shown(session) };
  }

  /** The PaymentIntent that is made when somebody begins to pay. */
  begin(session: Session): Intent {
    const intent = this.add(this.intents, 'pi', 'payment_intent', {
      amount: session['amount_total'],
      amount_capturable: 0,
      amount_received: 0,
      currency: session['currency'],
      capture_method: session['capture_method'],
      metadata: session['intent_metadata'],
      status: 'requires_payment_method',
      latest_charge: null,
      last_payment_error: null,
    });
    session.payment_intent = intent.id;
    return intent;
  }

  private takeIn(intent: Intent): Intent {
    const charge = this.charges.get(intent['latest_charge'] as string)!;
    const row = this.book('charge', intent.amount, intent['currency'], charge['id'] as string);
    Object.assign(charge, { captured: true, amount_captured: intent.amount, balance_transaction: row['id'] });
    const session = [...this.sessions.values()].find((one) => one.payment_intent === intent.id);
    if (session) session.payment_status = 'paid';
    return Object.assign(intent, {
      status: 'succeeded',
      amount_received: intent.amount,
      amount_capturable: 0,
    });
  }

  private refund(form: URLSearchParams): Reply {
    const intent = this.intents.get(form.get('payment_intent') ?? '');
    const amount = Number(form.get('amount'));
    const back = [...this.refunds.values()]
      .filter((one) => one['payment_intent'] === intent?.id && one['status'] !== 'failed')
      .reduce((sum, one) => sum + (one['amount'] as number), amount);
    if (intent?.status !== 'succeeded') return refusal(400, 'charge_not_captured');
    if (back > intent.amount) return refusal(400, 'amount_too_large');
    const refund = this.add(this.refunds, 're', 'refund', {
      amount,
      currency: intent['currency'],
      payment_intent: intent.id,
      metadata: metadataOf(form, 'metadata'),
      status: this.refundStatus,
    });
    this.book('refund', -amount, intent['currency'], refund['id'] as string);
    return { status: 200, body: refund };
  }

  book(category: string, amount: number, currency: unknown, source: string): Shown {
    const row = {
      id: this.nextId('txn'),
      object: 'balance_transaction',
      amount,
      currency,
      fee: amount > 0 ? fees : 0,
      created: Math.floor(this.milliseconds() / 1000),
      reporting_category: category,
      type: category,
      source,
    };
    this.balance.unshift(row);
    return row;
  }

  private page(query: URLSearchParams): Reply {
    const created = (bound: string) => Number(query.get(`created[${bound}]`));
    const within = this.balance.filter(
      (row) => Number(row['created']) >= created('gte') && Number(row['created']) < created('lt'),
    );
    const from = within.findIndex(({ id }) => id === query.get('starting_after')) + 1;
    const size = Math.min(Number(query.get('limit')), this.longestPage);
    const rows = within.slice(from, from + size).map((row) => ({ ...row, source: this.sourceOf(row) }));
    return list(rows, within.length > from + size);
  }

  private sourceOf(row: Shown): unknown {
    const id = row['source'] as string;
    return this.charges.get(id) ?? this.refunds.get(id) ?? id;
  }

  private readonly whole = (session: Session): Shown => {
    const intent = session.payment_intent === null ? null : this.intents.get(session.payment_intent)!;
    const charge = this.charges.get(intent?.['latest_charge'] as string);
    const row = this.balance.find(({ id }) => id === charge?.['balance_transaction']);
    const full = charge && { ...charge, balance_transaction: row ?? null };
    return shown({ ...session, payment_intent: intent && { ...intent, latest_charge: full ?? null } });
  };

  private found<T extends Shown>(object: T | undefined, work: (object: T) => Shown | undefined): Reply {
    if (!object) return refusal(404, 'resource_missing');
    const done = work(object);
    return done ? { status: 200, body: done } : refusal(400, 'payment_intent_unexpected_state');
  }

  private add<T extends Shown>(into: Map<string, T>, prefix: string, object: string, content: Shown): T {
    const id = this.nextId(prefix);
    const made = { id, object, created: Math.floor(this.milliseconds() / 1000), ...content } as unknown as T;
    into.set(id, made);
    return made;
  }

  private nextId = (prefix: string): string => `${prefix}_1Double${String(++this.counted).padStart(6, '0')}`;
}

export const signed = (
  payload: string,
  timestamp: number,
  secret = webhookSecret,
): Record<string, string> => ({
  'stripe-signature': Stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp }),
});

/** Without what only the double knows. */
const shown = (session: Shown): Shown =>
  Object.fromEntries(
    Object.entries(session).filter(([name]) => !['capture_method', 'intent_metadata'].includes(name)),
  );

const list = (data: readonly Shown[], has_more = false): Reply => ({
  status: 200,
  body: { object: 'list', data, has_more },
});

const refusal = (status: number, code?: string, type = 'invalid_request_error'): Reply => ({
  status,
  body: { error: { type, ...(code === undefined ? {} : { code }), message: code ?? type } },
});

function metadataOf(form: URLSearchParams, name: string): Record<string, string> {
  const pairs = [...form].filter(([key]) => key.startsWith(`${name}[`));
  return Object.fromEntries(pairs.map(([key, value]) => [key.slice(name.length + 1, -1), value]));
}
