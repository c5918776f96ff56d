import { createHmac } from 'node:crypto';
import { after, fromMilliseconds, toMilliseconds, type Instant } from '@boxoffice/shared/kernel';
import { MercadoPagoGateway } from '../../src/infrastructure/gateways/mercado-pago';
import { oneAttempt, type GatewayDouble } from './contract';
import { Loopback, type Call, type Reply } from './loopback';

export const mercadoPagoSettings = {
  accessToken: 'APP_USR-1234567890',
  webhookSecret: 'a-secret-of-the-panel',
  currency: 'BRL',
};

export interface Entity {
  readonly [member: string]: unknown;
  readonly id: string | number;
}

const now = () => fromMilliseconds(Date.now());
/** As Mercado Pago writes times: with the hours of where it is. */
const local = (at: Instant) => after(at, { hours: -3 }).replace('Z', '-03:00');
const no = (status: number): Reply => ({
  status,
  body: { message: 'no', error: 'bad_request', status, cause: [] },
});
const found = (entity: object | undefined): Reply => (entity ? { status: 200, body: entity } : no(404));

export function signMercadoPago(
  dataId: string,
  requestId: string,
  at: string,
  secret = mercadoPagoSettings.webhookSecret,
) {
  const manifest = `id:${dataId};request-id:${requestId};ts:${at};`;
  return `ts=${at},v1=${createHmac('sha256', secret).update(manifest).digest('hex')}`;
}

/** Mercado Pago as mercadopago.com/developers/en/reference describes it. */
export class MercadoPagoShop {
  readonly preferences = new Map<string, Entity>();
  readonly payments = new Map<string, Entity>();
  readonly refunds = new Map<string, Entity>();
  private readonly answers = new Map<string, Reply>();
  private made = 0;

  answer({ method, path, query, headers, body }: Call): Reply {
    if (headers['authorization'] !== `Bearer ${mercadoPagoSettings.accessToken}`) return no(401);
    const request = (body === '' ? {} : JSON.parse(body)) as Record<string, unknown>;
    const key = String(headers['x-idempotency-key']);
    const [, , what, id = '', more, refundId = ''] = path.split('/');
    if (path === '/checkout/preferences/search')
      return { status: 200, body: { elements: matching(this.preferences, query) } };
    if (what === 'preferences' && method === 'POST') return this.open(request);
    if (what === 'preferences') return this.change(this.preferences, id, method, request);
    if (path === '/v1/payments/search')
      return { status: 200, body: { results: matching(this.payments, query) } };
    if (more === 'refunds' && method === 'POST') return this.once(key, () => this.giveBack(id, request));
    if (more === 'refunds' && refundId === '') return { status: 200, body: this.refundsOf(id) };
    if (more === 'refunds') return found(this.refunds.get(refundId));
    return this.change(this.payments, id, method, request);
  }

  pay(preferenceId: string, status: 'approved' | 'rejected' | 'pending' = 'approved'): string {
    const { external_reference, items } = this.preferences.get(preferenceId)!;
    const [{ unit_price, currency_id }] = items as [{ unit_price: number; currency_id: string }];
    return this.book({ external_reference, transaction_amount: unit_price, currency_id }, status);
  }

  /** What the shop sells without us. */
  sell = (): string =>
    this.book({ external_reference: 'till', transaction_amount: 5, currency_id: 'BRL' }, 'approved');

  private book(sold: object, status: string): string {
    const id = ++this.made + 1234567890;
    this.payments.set(String(id), {
      id,
      ...sold,
      status,
      date_created: local(now()),
      date_approved: status === 'approved' ? local(now()) : null,
      date_last_updated: local(now()),
      transaction_amount_refunded: 0,
      fee_details: [
        { type: 'mercadopago_fee', amount: 4.79, fee_payer: 'collector' },
        { type: 'financing_fee', amount: 9.11, fee_payer: 'payer' },
      ],
    });
    return String(id);
  }

  private open(request: Record<string, unknown>): Reply {
    const id = `202809963-920c288b-4ebb-40be-966f-${String(++this.made).padStart(12, '0')}`;
    const init_point = `https://www.mercadopago.com.br/checkout/v1/redirect?pref_id=${id}`;
    const preference = { ...request, id, init_point, date_created: local(now()) };
    this.preferences.set(id, preference);
    return { status: 201, body: preference };
  }

  private change(all: Map<string, Entity>, id: string, method: string, request: object): Reply {
    const entity = all.get(id);
    if (!entity || method === 'GET') return found(entity);
    all.set(id, { ...entity, ...request, date_last_updated: local(now()) });
    return found(all.get(id));
  }

  private giveBack(paymentId: string, { amount }: Record<string, unknown>): Reply {
    const payment = this.payments.get(paymentId)!;
    const sum = Math.round((Number(payment['transaction_amount_refunded']) + Number(amount)) * 100);
    if (sum > Math.round(Number(payment['transaction_amount']) * 100)) return no(400);
    const status = sum === Math.round(Number(payment['transaction_amount']) * 100) ? 'refunded' : 'approved';
    this.payments.set(paymentId, {
      ...payment,
      status,
      transaction_amount_refunded: sum / 100,
      date_last_updated: local(now()),
    });
    const id = ++this.made + 9876543210;
    const refund = { id, payment_id: payment.id, amount, date_created: local(now()) };
    this.refunds.set(String(id), { ...refund, status: 'approved' });
    return { status: 201, body: { ...refund, status: 'in_process' } };
  }

  private refundsOf = (paymentId: string) =>
    [...this.refunds.values()].filter(({ payment_id }) => String(payment_id) === paymentId);

  private once(key: string, answer: () => Reply): Reply {
    const reply = this.answers.get(key) ?? answer();
    this.answers.set(key, reply);
    return reply;
  }
}

function matching(all: ReadonlyMap<string, Entity>, query: URLSearchParams): readonly Entity[] {
  const [reference, range] = [query.get('external_reference'), query.get('range')];
  const instant = (text: string | null) => (text === 'NOW' ? Infinity : Date.parse(text ?? ''));
  const [begin, end] = [instant(query.get('begin_date')), instant(query.get('end_date'))];
  const within = ([...all.values()] as readonly Entity[]).filter((entity) => {
    if (reference !== null) return entity['external_reference'] === reference;
    const at = Date.parse(entity[range ?? ''] as string);
    return at >= begin && at <= end;
  });
  const [offset, limit] = [Number(query.get('offset')), Number(query.get('limit') ?? 30)];
  return within.slice(offset, offset + limit);
}

export function mercadoPagoNotice(type: string, dataId: string, secret = mercadoPagoSettings.webhookSecret) {
  const [requestId, at] = ['f7b2a1d4-0b1c-4ec2-aaaa-9e8b1d2f3c4d', String(toMilliseconds(now()))];
  const body = { id: 112233445566, live_mode: true, type, action: `${type}.updated`, data: { id: dataId } };
  return {
    rawBody: Buffer.from(JSON.stringify(body)),
    headers: { 'x-signature': signMercadoPago(dataId, requestId, at, secret), 'x-request-id': requestId },
  };
}

export async function mercadoPagoDouble(): Promise<GatewayDouble & { readonly shop: MercadoPagoShop }> {
  const shop = new MercadoPagoShop();
  const loopback = await Loopback.open((call) => shop.answer(call));
  // The package knows no other address than the real one.
  const real = globalThis.fetch;
  globalThis.fetch = (url, init) =>
    real((url as string).replace('https://api.mercadopago.com', loopback.url), init);
  return {
    shop,
    gateway: new MercadoPagoGateway(mercadoPagoSettings, oneAttempt()),
    now,
    currency: 'BRL',
    signsTime: true,
    keepsRefundIds: false,
    async pay(reference) {
      shop.pay(reference, 'rejected');
      shop.pay(reference);
    },
    made: () => ({ payments: shop.preferences.size, refunds: shop.refunds.size }),
    silence: (next, silence) => loopback.silence(next, silence),
    notice(reference) {
      const { external_reference } = shop.preferences.get(reference)!;
      const paid = [...shop.payments.values()].find(
        (payment) => payment['external_reference'] === external_reference && payment['status'] === 'approved',
      );
      return mercadoPagoNotice('payment', String(paid!.id));
    },
    tampered: (rawBody) =>
      Buffer.from(
        Buffer.from(rawBody)
          .toString()
          .replace(/"data":\{"id":"(\d)/, (_, digit) => `"data":{"id":"${(Number(digit) + 1) % 10}`),
      ),
    async close() {
      globalThis.fetch = real;
      await loopback.close();
    },
  };
}
