import { createSign } from 'node:crypto';
import {
  request as httpRequest,
  type ClientRequest,
  type IncomingMessage,
  type RequestOptions,
} from 'node:http';
import { crc32 } from 'node:zlib';
import { fromMilliseconds, type Instant } from '@boxoffice/shared/kernel';
import { AppleDouble } from '../../../../shared/test/doubles/wallets';
import { PayPalGateway } from '../../src/infrastructure/gateways/paypal';
import { certificatesFrom } from '../../src/infrastructure/gateways/paypal-certificates';
import { oneAttempt, type GatewayDouble } from './contract';
import { Loopback, type Call, type Reply, type Silence } from './loopback';

/** Objects as PayPal shows them; shapes after github.com/paypal/paypal-rest-api-specifications. */
export type Shown = Record<string, unknown>;

interface Unit extends Shown {
  custom_id: string;
  readonly amount: { readonly currency_code: string; readonly value: string };
  readonly payments: { captures?: Shown[]; authorizations?: Shown[]; refunds?: Shown[] };
}
interface Order extends Shown {
  readonly id: string;
  status: string;
  readonly purchase_units: [Unit];
}

export const webhookId = '8PT597110X687430LKGECATA';
export const certificateUrl = 'https://api.paypal.com/v1/notifications/certs/CERT-360caa42-fca2a594-double';

/** Signs as PayPal does; any certificate over RSA will do. */
export interface Signer {
  readonly certificate: string;
  readonly key: string;
}
export const newSigner = async (notBefore: string, notAfter: string): Promise<Signer> =>
  (await AppleDouble.open()).issue({
    passTypeId: 'messageverificationcerts.paypal.com',
    teamId: 'double',
    notBefore: new Date(notBefore),
    notAfter: new Date(notAfter),
  });

/** PayPal's API on this machine: Orders v2, Payments v2, the transaction search, and notices under its certificate. */
export class PayPalDouble implements GatewayDouble {
  readonly currency = 'EUR';
  readonly signsTime = true;
  readonly orders = new Map<string, Order>();
  readonly searched: Shown[] = [];
  /** What the next capture comes to: a status, or an issue that it is refused with. */
  nextCapture = 'COMPLETED';
  refundStatus = 'COMPLETED';
  longestPage = 500;
  /** How the package’s requests for a token are answered. */
  tokens: 'given' | 'refused' = 'given';
  readonly fetched: string[] = [];
  private readonly answered = new Map<string, Reply>();
  private counted = 0;

  private constructor(
    readonly signer: Signer,
    private readonly milliseconds: () => number,
    private readonly opened: { loopback?: Loopback; gateway?: PayPalGateway },
  ) {}

  static async open(milliseconds: () => number = Date.now): Promise<PayPalDouble> {
    const signer = await newSigner('2020-01-01', '2045-01-01');
    const double = new PayPalDouble(signer, milliseconds, {});
    double.opened.loopback = await Loopback.open((call) => double.answer(call), {
      beside: ({ path }) => path === '/v1/oauth2/token',
    });
    const settings = { clientId: 'client', clientSecret: 'secret', webhookId, sandbox: true };
    const certificates = certificatesFrom(async (url) => {
      double.fetched.push(url);
      return new Response(double.signer.certificate);
    });
    double.opened.gateway = new PayPalGateway(settings, oneAttempt(), certificates, {
      transport: lastHopTo(double.opened.loopback.port),
    });
    return double;
  }

  get loopback(): Loopback {
    return this.opened.loopback!;
  }
  get gateway(): PayPalGateway {
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
    const refunds = [...this.orders.values()].flatMap(
      (order) => order.purchase_units[0].payments.refunds ?? [],
    );
    return { payments: this.orders.size, refunds: refunds.length };
  }

  /** The buyer approves, comes back, and is asked after: only then does PayPal take anything. */
  async pay(reference: string): Promise<void> {
    this.approve(reference);
    await this.gateway.lookUp(reference);
  }

  async decline(reference: string): Promise<void> {
    this.nextCapture = 'DECLINED';
    await this.pay(reference);
    this.nextCapture = 'COMPLETED';
  }

  approve(reference: string): void {
    this.orders.get(reference)!.status = 'APPROVED';
  }

  notice(reference: string): { rawBody: Uint8Array; headers: Record<string, string> } {
    const [capture] = this.orders.get(reference)!.purchase_units[0].payments.captures ?? [];
    return this.event('PAYMENT.CAPTURE.COMPLETED', {
      ...capture!,
      supplementary_data: { related_ids: { order_id: reference } },
    });
  }

  event(event_type: string, resource: Shown): { rawBody: Uint8Array; headers: Record<string, string> } {
    const event = {
      id: this.nextId('WH'),
      create_time: this.now(),
      event_version: '1.0',
      event_type,
      resource,
    };
    const rawBody = Buffer.from(JSON.stringify(event));
    return { rawBody, headers: signed(rawBody, this.signer, this.now()) };
  }

  private answer(call: Call): Reply {
    if (call.path === '/v1/oauth2/token')
      return this.tokens === 'given'
        ? { status: 200, body: { access_token: 'token', token_type: 'Bearer', expires_in: 32_400 } }
        : { status: 400, body: { error: 'invalid_client', error_description: 'no' } };
    if (call.headers['authorization'] !== 'Bearer token') return refusal(401, 'INVALID_TOKEN');
    const id = call.headers['paypal-request-id'];
    const key = typeof id === 'string' ? `${call.path} ${id}` : undefined;
    const before = key === undefined ? undefined : this.answered.get(key);
    if (before) return before;
    const reply = this.carryOut(call);
    if (key !== undefined && reply.status < 300) this.answered.set(key, structuredClone(reply));
    return reply;
  }

  private carryOut({ method, path, query, body }: Call): Reply {
    const json = (body === '' ? {} : JSON.parse(body)) as Shown;
    const [, , family, ...parts] = path.split('/');
    const [what = '', id = '', deed = ''] = family === 'payments' || family === 'checkout' ? parts : [family];
    switch (`${method} ${what}${id && ' id'}${deed && ` ${deed}`}`) {
      case 'POST orders':
        return this.openOrder(json);
      case 'GET orders id':
        return this.of(this.orders.get(id), (order) => order);
      case 'PATCH orders id':
        return this.of(this.orders.get(id), (order) => {
          if (order.status === 'COMPLETED') return 'ORDER_ALREADY_CAPTURED';
          const [{ path: at, value }] = json as unknown as [{ path: string; value: string }];
          if (at !== "/purchase_units/@reference_id=='default'/custom_id") return 'INVALID_PATCH_OPERATION';
          order.purchase_units[0].custom_id = value;
          return undefined;
        });
      case 'POST orders id capture':
        return this.of(this.orders.get(id), (order) => this.captureOrder(order));
      case 'POST orders id authorize':
        return this.of(this.orders.get(id), (order) => this.authorizeOrder(order));
      case 'POST authorizations id capture':
        return this.of(this.unitWith('authorizations', id), (unit) => {
          const [authorization] = unit.payments.authorizations!;
          if (authorization!['status'] !== 'CREATED') return 'AUTHORIZATION_VOIDED';
          authorization!['status'] = 'CAPTURED';
          return this.takeFrom(unit, json['amount'] as Unit['amount']);
        });
      case 'POST authorizations id void':
        return this.of(this.unitWith('authorizations', id), (unit) => {
          const [authorization] = unit.payments.authorizations!;
          if (authorization!['status'] !== 'CREATED') return 'PREVIOUSLY_CAPTURED';
          authorization!['status'] = 'VOIDED';
          return undefined;
        });
      case 'POST captures id refund':
        return this.of(this.unitWith('captures', id), (unit) => this.refund(unit, json));
      case 'GET refunds id':
        return this.of(this.unitWith('refunds', id), (unit) =>
          unit.payments.refunds!.find((one) => one['id'] === id)!,
        );
      case 'GET reporting':
        return this.search(query);
      default:
        return refusal(404, 'INVALID_RESOURCE_ID');
    }
  }

  private openOrder(json: Shown): Reply {
    const [wanted] = json['purchase_units'] as [Unit];
    if (!/^\d+(\.\d\d)?$/.test(wanted.amount.value)) return refusal(422, 'DECIMAL_PRECISION');
    const id = this.nextId('5O');
    const order: Order = {
      id,
      intent: json['intent'],
      status: 'PAYER_ACTION_REQUIRED',
      create_time: this.now(),
      purchase_units: [{ ...wanted, reference_id: 'default', payments: {} }],
      links: [
        { rel: 'self', method: 'GET', href: `https://api-m.sandbox.paypal.com/v2/checkout/orders/${id}` },
        {
          rel: 'payer-action',
          method: 'GET',
          href: `https://www.sandbox.paypal.com/checkoutnow?token=${id}`,
        },
      ],
    };
    this.orders.set(id, order);
    return { status: 201, body: order };
  }

  private captureOrder(order: Order): Shown | string {
    if (order.status === 'COMPLETED') return 'ORDER_ALREADY_CAPTURED';
    if (order.status !== 'APPROVED') return 'ORDER_NOT_APPROVED';
    if (!['COMPLETED', 'PENDING', 'DECLINED'].includes(this.nextCapture)) return this.nextCapture;
    const [unit] = order.purchase_units;
    order.status = 'COMPLETED';
    this.takeFrom(unit, unit.amount, this.nextCapture);
    return order;
  }

  private authorizeOrder(order: Order): Shown | string {
    if (order.status !== 'APPROVED') return 'ORDER_NOT_APPROVED';
    const [unit] = order.purchase_units;
    order.status = 'COMPLETED';
    const { amount, custom_id } = unit;
    unit.payments.authorizations = [
      { id: this.nextId('0A'), status: 'CREATED', amount, custom_id, create_time: this.now() },
    ];
    return order;
  }

  private takeFrom(unit: Unit, amount: Unit['amount'], status = 'COMPLETED'): Shown {
    const capture = {
      id: this.nextId('3C'),
      status,
      amount,
      custom_id: unit.custom_id,
      create_time: this.now(),
    };
    unit.payments.captures = [capture];
    if (status === 'COMPLETED') this.book('T0006', capture.id, amount.value, unit.custom_id);
    return capture;
  }

  private refund(unit: Unit, { amount: wanted, custom_id }: Shown): Shown | string {
    const amount = wanted as Unit['amount'];
    const refunds = (unit.payments.refunds ??= []);
    const back = refunds.reduce((sum, one) => sum + cents(one['amount'] as Unit['amount']), cents(amount));
    if (back > cents(unit.amount)) return 'REFUND_AMOUNT_EXCEEDED';
    const refund = {
      id: this.nextId('1R'),
      status: this.refundStatus,
      amount,
      custom_id,
      create_time: this.now(),
    };
    refunds.push(refund);
    unit.payments.captures![0]!['status'] = back === cents(unit.amount) ? 'REFUNDED' : 'PARTIALLY_REFUNDED';
    this.book('T1107', refund.id, `-${amount.value}`, custom_id as string);
    return refund;
  }

  book(code: string, transaction_id: string, value: string, custom_field: string, status = 'S'): void {
    this.searched.push({
      transaction_id,
      transaction_event_code: code,
      transaction_initiation_date: this.now().replace('Z', '+00:00'),
      transaction_amount: { currency_code: 'EUR', value },
      fee_amount: { currency_code: 'EUR', value: '-0.35' },
      transaction_status: status,
      custom_field,
    });
  }

  private search(query: URLSearchParams): Reply {
    const from = Date.parse(query.get('start_date')!);
    const until = Date.parse(query.get('end_date')!);
    if (until - from > 31 * 24 * 3600_000) return refusal(400, 'INVALID_REQUEST');
    const within = this.searched.filter((row) => {
      const at = Date.parse(row['transaction_initiation_date'] as string);
      return at >= from && at <= until;
    });
    const size = Math.min(Number(query.get('page_size')), this.longestPage);
    const page = Number(query.get('page'));
    const rows = within.slice((page - 1) * size, page * size);
    const body = {
      transaction_details: rows.map((transaction_info) => ({ transaction_info })),
      total_pages: Math.ceil(within.length / size),
      page,
    };
    return { status: 200, body };
  }

  private unitWith(kind: 'captures' | 'authorizations' | 'refunds', id: string): Unit | undefined {
    return [...this.orders.values()]
      .map((order) => order.purchase_units[0])
      .find((unit) => unit.payments[kind]?.some((one) => one['id'] === id));
  }

  private of<T>(there: T | undefined, work: (there: T) => Shown | string | undefined): Reply {
    if (there === undefined) return refusal(404, 'INVALID_RESOURCE_ID');
    const done = work(there);
    if (typeof done === 'string') return refusal(422, done);
    return done === undefined ? { status: 204 } : { status: 200, body: done };
  }

  /** As weeks later: PayPal forgets the ids of requests. */
  forgetRequests(): void {
    this.answered.clear();
  }

  private nextId = (prefix: string): string => `${prefix}DOUBLE${String(++this.counted).padStart(9, '0')}`;
}

/** The headers of a notice; `change` takes the place of what is right. */
export function signed(
  body: Uint8Array,
  { key }: Signer,
  time: Instant,
  id = 'b2384410-f8d2-11e4-8bf3-77339302725b',
  webhook = webhookId,
): Record<string, string> {
  const content = `${id}|${time}|${webhook}|${crc32(body)}`;
  return {
    'paypal-transmission-id': id,
    'paypal-transmission-time': time,
    'paypal-transmission-sig': createSign('RSA-SHA256').update(content).sign(key, 'base64'),
    'paypal-cert-url': certificateUrl,
    'paypal-auth-algo': 'SHA256withRSA',
  };
}

const cents = ({ value }: Unit['amount']): number => Math.round(Number(value) * 100);

const refusal = (status: number, issue: string): Reply => ({
  status,
  body: {
    name: status === 404 ? 'RESOURCE_NOT_FOUND' : 'UNPROCESSABLE_ENTITY',
    message: 'The requested action could not be performed.',
    debug_id: '90957fca61718',
    details: [{ issue, description: issue }],
  },
});

/** How the package’s HTTP client makes its last hop: to this machine, whatever host and protocol it asked for. */
const lastHopTo = (port: number) => ({
  request: (options: RequestOptions, heard: (response: IncomingMessage) => void): ClientRequest => {
    const { method, path, headers } = options;
    return httpRequest(`http://127.0.0.1:${port}`, { method, path, headers } as RequestOptions, heard);
  },
});
