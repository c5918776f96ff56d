import { createHmac } from 'node:crypto';
import { fromMilliseconds } from '@boxoffice/shared/kernel';
import { RazorpayGateway } from '../../src/infrastructure/gateways/razorpay';
import { oneAttempt, type GatewayDouble } from './contract';
import { Loopback, type Call, type Reply } from './loopback';

export const razorpaySettings = {
  keyId: 'rzp_test_1DP5mmOlF5G5ag',
  keySecret: 'thisisasecret',
  webhookSecret: 'webhook-secret',
};

type Entity = Readonly<Record<string, unknown>> & { readonly id: string; readonly created_at: number };
interface Link extends Entity {
  readonly amount: number;
  status: 'created' | 'cancelled' | 'paid';
  amount_paid: number;
  payments: object[];
}

const seconds = (): number => Math.floor(Date.now() / 1000);
const no = (description: string): Reply => ({
  status: 400,
  body: { error: { code: 'BAD_REQUEST_ERROR', description, source: 'business', step: 'payment_initiation' } },
});

export const signRazorpay = (rawBody: Uint8Array, secret = razorpaySettings.webhookSecret) =>
  createHmac('sha256', secret).update(rawBody).digest('hex');

/** Razorpay as razorpay.com/docs/api describes it. */
export class RazorpayShop {
  readonly links = new Map<string, Link>();
  readonly payments = new Map<string, Entity>();
  readonly refunds = new Map<string, Entity>();
  readonly disputes = new Map<string, Entity>();
  private readonly answers = new Map<string, Reply>();
  private made = 0;

  answer({ method, path, query, headers, body }: Call): Reply {
    const basic = Buffer.from(`${razorpaySettings.keyId}:${razorpaySettings.keySecret}`).toString('base64');
    if (headers['authorization'] !== `Basic ${basic}`) return { status: 401, body: { error: {} } };
    const request = (body === '' ? {} : JSON.parse(body)) as Record<string, unknown>;
    const [, , what = '', id = '', deed] = path.split('/');
    if (what === 'payment_links' && id === '')
      return method === 'POST' ? this.open(request) : this.search(query);
    if (deed === 'cancel') return this.close(id);
    if (deed === 'refund') return this.giveBack(id, request, headers['x-refund-idempotency']);
    const all = {
      payment_links: this.links,
      payments: this.payments,
      refunds: this.refunds,
      disputes: this.disputes,
    }[what];
    if (!all) return no('The requested URL was not found on the server.');
    return id === '' ? list([...all.values()], query) : found(all.get(id));
  }

  pay(linkId: string, status: 'captured' | 'failed' = 'captured'): string {
    const link = this.links.get(linkId)!;
    const id = this.name('pay_');
    const { amount, currency } = link;
    const payment = { amount, currency, status, fee: 227, tax: 35, method: 'upi', created_at: seconds() };
    this.payments.set(id, { id, entity: 'payment', notes: [], ...payment });
    link.payments.push({ amount, status, method: 'upi', payment_id: id, created_at: seconds() });
    if (status === 'captured') [link.status, link.amount_paid] = ['paid', amount];
    return id;
  }

  /** What the shop sells without us. */
  sell(): string {
    const link: Link = {
      ...this.fresh({ amount: 500, currency: 'INR', notes: [] }),
      id: this.name('plink_'),
    };
    this.links.set(link.id, link);
    this.pay(link.id);
    return link.id;
  }

  private open(request: Record<string, unknown>): Reply {
    const taken = [...this.links.values()].some((link) => link['reference_id'] === request['reference_id']);
    if (taken)
      return no(`payment link with given reference_id (${String(request['reference_id'])}) already exists`);
    const link: Link = { ...this.fresh(request), id: this.name('plink_') };
    this.links.set(link.id, link);
    return { status: 200, body: link };
  }

  private fresh(request: Record<string, unknown>): Link {
    const [id, amount] = [this.name('plink_'), request['amount'] as number];
    const link = { ...request, id, amount, amount_paid: 0, payments: [], created_at: seconds() };
    return { ...link, short_url: `https://rzp.io/i/${id}`, status: 'created' };
  }

  private search(query: URLSearchParams): Reply {
    const [reference, payment] = [query.get('reference_id'), query.get('payment_id')];
    const links = [...this.links.values()].filter(
      (link) =>
        (reference === null || link['reference_id'] === reference) &&
        (payment === null || JSON.stringify(link.payments).includes(`"${payment}"`)),
    );
    return { status: 200, body: { payment_links: links } };
  }

  private close(id: string): Reply {
    const link = this.links.get(id);
    if (!link) return no('The id provided does not exist');
    if (link.status !== 'created')
      return no(`Payment link cannot be cancelled as it is in ${link.status} state`);
    link.status = 'cancelled';
    return { status: 200, body: link };
  }

  private giveBack(
    paymentId: string,
    request: Record<string, unknown>,
    key: string | string[] | undefined,
  ): Reply {
    const known = typeof key === 'string' ? this.answers.get(key) : undefined;
    if (known) return known;
    const payment = this.payments.get(paymentId)!;
    const before = [...this.refunds.values()].filter(({ payment_id }) => payment_id === paymentId);
    const sum = before.reduce((total, { amount }) => total + Number(amount), Number(request['amount']));
    if (sum > Number(payment['amount']))
      return no('The total refund amount is greater than the refund payment amount');
    const refund = {
      ...request,
      id: this.name('rfnd_'),
      payment_id: paymentId,
      currency: payment['currency'],
    };
    const reply = { status: 200, body: { ...refund, status: 'pending', created_at: seconds() } };
    this.refunds.set(refund.id, { ...refund, status: 'processed', created_at: seconds() });
    if (typeof key === 'string') this.answers.set(key, reply);
    return reply;
  }

  private name = (of: string): string => `${of}KBnb7I424R${String(++this.made).padStart(4, '0')}`;
}

const found = (entity: object | undefined): Reply =>
  entity ? { status: 200, body: entity } : no('The id provided does not exist');

function list(all: readonly Entity[], query: URLSearchParams): Reply {
  const [from, to] = [Number(query.get('from') ?? 0), Number(query.get('to') ?? Number.MAX_SAFE_INTEGER)];
  const [skip, count] = [Number(query.get('skip')), Number(query.get('count'))];
  const items = all
    .filter(({ created_at }) => created_at >= from && created_at <= to)
    .slice(skip, skip + count);
  return { status: 200, body: { entity: 'collection', count: items.length, items } };
}

export function razorpayEvent(event: string, payload: object) {
  const rawBody = Buffer.from(
    JSON.stringify({
      entity: 'event',
      account_id: 'acc_BFQ7uQEaa7j2z7',
      event,
      payload,
      created_at: seconds(),
    }),
  );
  return {
    rawBody,
    headers: { 'x-razorpay-signature': signRazorpay(rawBody), 'x-razorpay-event-id': 'evt_1' },
  };
}

export async function razorpayDouble(): Promise<
  GatewayDouble & { readonly shop: RazorpayShop; readonly url: string }
> {
  const shop = new RazorpayShop();
  const loopback = await Loopback.open((call) => shop.answer(call));
  return {
    shop,
    url: loopback.url,
    gateway: new RazorpayGateway({ ...razorpaySettings, url: loopback.url }, oneAttempt()),
    now: () => fromMilliseconds(Date.now()),
    currency: 'INR',
    signsTime: false,
    async pay(reference) {
      shop.pay(reference, 'failed');
      shop.pay(reference);
    },
    made: () => ({ payments: shop.links.size, refunds: shop.refunds.size }),
    silence: (next, silence) => loopback.silence(next, silence),
    notice: (reference) =>
      razorpayEvent('payment_link.paid', { payment_link: { entity: shop.links.get(reference) } }),
    close: () => loopback.close(),
  };
}
