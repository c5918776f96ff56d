import { createHmac } from 'node:crypto';
import { fromMilliseconds } from '@boxoffice/shared/kernel';
import { SquareGateway } from '../../src/infrastructure/gateways/square';
import { oneAttempt, type GatewayDouble } from './contract';
import { Loopback, type Call, type Reply } from './loopback';

export const squareSettings = {
  accessToken: 'EAAA-token',
  locationId: 'L88917AVBK2S5',
  webhookKey: 'qfjakbt2uWB8DKAMECF-EA',
  webhookUrl: 'https://shop.example/api/v1/payments/webhook/square',
};

interface Money {
  readonly amount: number;
  readonly currency: string;
}
interface Order {
  readonly id: string;
  readonly linkId: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly total: Money;
  state: 'DRAFT' | 'OPEN' | 'CANCELED';
}
export interface Paid {
  readonly id: string;
  readonly order_id: string;
  readonly status: 'COMPLETED' | 'FAILED';
  readonly amount_money: Money;
  readonly created_at: string;
  readonly [other: string]: unknown;
}
interface Refund {
  readonly id: string;
  readonly payment_id: string;
  readonly amount_money: Money;
  readonly reason: string;
  readonly status: string;
  readonly created_at: string;
}

const now = () => fromMilliseconds(Date.now());
const none: Reply = {
  status: 404,
  body: { errors: [{ category: 'INVALID_REQUEST_ERROR', code: 'NOT_FOUND' }] },
};
const no = (code: string): Reply => ({
  status: 400,
  body: { errors: [{ category: 'INVALID_REQUEST_ERROR', code }] },
});

export const signSquare = (
  rawBody: Uint8Array,
  key = squareSettings.webhookKey,
  url = squareSettings.webhookUrl,
) => createHmac('sha256', key).update(url).update(rawBody).digest('base64');

/** Square as github.com/square/connect-api-specification describes it. */
export class Square {
  readonly orders = new Map<string, Order>();
  readonly payments = new Map<string, Paid>();
  readonly refunds = new Map<string, Refund>();
  readonly disputes = new Map<string, object>();
  private readonly answers = new Map<string, Reply>();
  private made = 0;

  answer({ method, path, query, headers, body }: Call): Reply {
    if (headers['authorization'] !== `Bearer ${squareSettings.accessToken}`) return { status: 401, body: {} };
    const request = (body === '' ? {} : JSON.parse(body)) as Record<string, unknown>;
    const [, , what = '', id = '', more] = path.split('/');
    if (path === '/v2/online-checkout/payment-links') return this.once(request, () => this.open(request));
    if (what === 'online-checkout' && method === 'DELETE') return this.close(more ?? '');
    if (path === '/v2/orders/batch-retrieve') return { status: 200, body: { orders: this.batch(request) } };
    if (what === 'orders') return found('order', this.orders.get(id) && this.view(this.orders.get(id)!));
    if (path === '/v2/payments') return this.list('payments', this.payments, query);
    if (what === 'payments') return found('payment', this.payments.get(id));
    if (path === '/v2/refunds' && method === 'POST') return this.once(request, () => this.giveBack(request));
    if (path === '/v2/refunds') return this.list('refunds', this.refunds, query);
    if (what === 'refunds') return found('refund', this.refunds.get(id));
    if (path === '/v2/disputes') return { status: 200, body: { disputes: [...this.disputes.values()] } };
    return found('dispute', this.disputes.get(id));
  }

  pay(orderId: string, status: 'COMPLETED' | 'FAILED' = 'COMPLETED'): Paid {
    const order = this.orders.get(orderId)!;
    const paid: Paid = {
      id: this.name('pay'),
      order_id: orderId,
      status,
      amount_money: order.total,
      total_money: order.total,
      processing_fee: [{ type: 'INITIAL', amount_money: { ...order.total, amount: 309 } }],
      card_details: { card: { fingerprint: 'sq-1-fingerprint' } },
      created_at: now(),
    };
    this.payments.set(paid.id, paid);
    if (status === 'COMPLETED') order.state = 'OPEN';
    return paid;
  }

  /** What the till sold has no mark of ours. */
  sell(): Paid {
    const order = {
      id: this.name('till'),
      linkId: '',
      metadata: {},
      total: { amount: 500, currency: 'USD' },
    };
    this.orders.set(order.id, { ...order, state: 'OPEN' });
    return this.pay(order.id);
  }

  private open({ order }: Record<string, unknown>): Reply {
    const { line_items, metadata } = order as {
      line_items: { base_price_money: Money }[];
      metadata: Record<string, string>;
    };
    const [linkId, id] = [this.name('PKVT6XGJZXYU'), this.name('o4b7saqp4HzhNttf5AJ')];
    this.orders.set(id, { id, linkId, metadata, total: line_items[0]!.base_price_money, state: 'DRAFT' });
    const url = `https://sandbox.square.link/u/${linkId}`;
    return {
      status: 200,
      body: { payment_link: { id: linkId, order_id: id, version: 1, url, long_url: `${url}?src=sheet` } },
    };
  }

  private close(linkId: string): Reply {
    const order = [...this.orders.values()].find((one) => one.linkId === linkId);
    if (!order || order.state === 'CANCELED') return none;
    if (order.state === 'OPEN') return no('BAD_REQUEST');
    order.state = 'CANCELED';
    return { status: 200, body: { id: linkId, cancelled_order_id: order.id } };
  }

  private giveBack(request: Record<string, unknown>): Reply {
    const wanted = request as { payment_id: string; amount_money: Money; reason: string };
    const paid = this.payments.get(wanted.payment_id);
    if (!paid) return none;
    const before = [...this.refunds.values()].filter(({ payment_id }) => payment_id === paid.id);
    const sum = before.reduce(
      (total, { amount_money }) => total + amount_money.amount,
      wanted.amount_money.amount,
    );
    if (sum > paid.amount_money.amount) return no('REFUND_AMOUNT_INVALID');
    const refund = {
      ...wanted,
      id: this.name('refund'),
      status: 'PENDING',
      created_at: now(),
      updated_at: now(),
    };
    this.refunds.set(refund.id, { ...refund, status: 'COMPLETED' });
    return { status: 200, body: { refund } };
  }

  /** Two to a page, so that there are several. */
  private list(
    name: string,
    all: ReadonlyMap<string, { created_at: string }>,
    query: URLSearchParams,
  ): Reply {
    const [begin, end] = [query.get('begin_time') ?? '', query.get('end_time') ?? ''];
    const within = [...all.values()].filter(({ created_at }) => created_at >= begin && created_at <= end);
    const from = Number(query.get('cursor') ?? 0);
    const cursor = from + 2 < within.length ? { cursor: String(from + 2) } : {};
    return { status: 200, body: { [name]: within.slice(from, from + 2), ...cursor } };
  }

  private batch({ order_ids }: Record<string, unknown>) {
    return (order_ids as string[]).flatMap((id) =>
      this.orders.has(id) ? [this.view(this.orders.get(id)!)] : [],
    );
  }

  private view({ id, metadata, state, total }: Order) {
    const payments = [...this.payments.values()].filter(({ order_id }) => order_id === id);
    const tenders = payments.map((paid) => ({
      id: paid.id,
      type: 'CARD',
      payment_id: paid.id,
      amount_money: paid.amount_money,
    }));
    return { id, location_id: squareSettings.locationId, metadata, state, total_money: total, tenders };
  }

  private once(request: Record<string, unknown>, answer: () => Reply): Reply {
    const key = request['idempotency_key'] as string;
    const reply = this.answers.get(key) ?? answer();
    this.answers.set(key, reply);
    return reply;
  }

  private name = (of: string): string => `${of}${String(++this.made).padStart(6, '0')}`;
}

const found = (name: string, value: object | undefined): Reply =>
  value ? { status: 200, body: { [name]: value } } : none;

export function squareEvent(type: string, object: object) {
  const [name] = Object.keys(object);
  const rawBody = Buffer.from(
    JSON.stringify({
      merchant_id: 'ML82H4QPKMGXY',
      type,
      event_id: '6a8f5f28-54a1-4eb0-a98a-3111513fd4fc',
      created_at: now(),
      data: { type: name, object },
    }),
  );
  return { rawBody, headers: { 'x-square-hmacsha256-signature': signSquare(rawBody) } };
}

export async function squareDouble(): Promise<GatewayDouble & { readonly square: Square }> {
  const square = new Square();
  const loopback = await Loopback.open((call) => square.answer(call), {
    changes: ({ method, path }) => method !== 'GET' && path !== '/v2/orders/batch-retrieve',
  });
  const orderOf = (reference: string): string => reference.split('.').at(-1)!;
  return {
    square,
    gateway: new SquareGateway({ ...squareSettings, url: loopback.url }, oneAttempt()),
    now,
    currency: 'USD',
    signsTime: false,
    async pay(reference) {
      square.pay(orderOf(reference), 'FAILED');
      square.pay(orderOf(reference));
    },
    made: () => ({ payments: square.orders.size, refunds: square.refunds.size }),
    silence: (next, silence) => loopback.silence(next, silence),
    notice: (reference) =>
      squareEvent('payment.updated', {
        payment: [...square.payments.values()].find(({ order_id }) => order_id === orderOf(reference)),
      }),
    close: () => loopback.close(),
  };
}
