import { createHmac } from 'node:crypto';
import { after, fromMilliseconds, localTime, offsetTime } from '@boxoffice/shared/kernel';
import type { Gateway, PaymentAtGateway, RefundAtGateway } from '../../src/core/gateway';
import { GatewayRefused } from '../../src/core/gateway';
import { AdyenGateway } from '../../src/infrastructure/gateways/adyen';
import { oneAttempt, type GatewayDouble } from './contract';
import { Loopback, type Call, type Reply } from './loopback';

export const adyenSettings = {
  apiKey: 'AQE-key',
  merchantAccount: 'BoxofficeECOM',
  hmacKey: '44782def547aaa06c910c43932b1eb0c71fc68d9d0c057550c48ec2acf6ba056',
  reportKey: 'AQE-report',
  timeZone: 'Europe/Amsterdam',
  livePrefix: undefined,
};

interface Amount {
  readonly value: number;
  readonly currency: string;
}
interface Link {
  readonly id: string;
  readonly reference: string;
  readonly amount: Amount;
  readonly later: boolean;
  status: 'active' | 'completed' | 'expired';
}
interface Paid {
  readonly psp: string;
  readonly link: Link;
  state: 'authorised' | 'captured' | 'cancelled';
  refunded: number;
}
interface Item {
  readonly pspReference: string;
  readonly originalReference?: string;
  readonly merchantReference: string;
  readonly amount: Amount;
  readonly eventCode: string;
  readonly success: 'true' | 'false';
  readonly reason?: string;
}

/** As an item of a notification is signed: https://docs.adyen.com/development-resources/webhooks/secure-webhooks/verify-hmac-signatures */
export function signed(
  item: Item,
  hmacKey = adyenSettings.hmacKey,
  merchantAccount = adyenSettings.merchantAccount,
) {
  const { pspReference, originalReference = '', merchantReference, amount, eventCode, success } = item;
  const over = [
    pspReference,
    originalReference,
    merchantAccount,
    merchantReference,
    amount.value,
    amount.currency,
  ];
  const hmacSignature = createHmac('sha256', Buffer.from(hmacKey, 'hex'))
    .update([...over, eventCode, success].join(':'))
    .digest('base64');
  return {
    ...item,
    merchantAccountCode: merchantAccount,
    eventDate: offsetTime(now(), adyenSettings.timeZone),
    additionalData: { alias: 'H167852639363479', hmacSignature },
  };
}

export const notification = (item: object): Uint8Array =>
  Buffer.from(JSON.stringify({ live: 'false', notificationItems: [{ NotificationRequestItem: item }] }));

const now = () => fromMilliseconds(Date.now());

/** Adyen as Checkout v72 and Webhooks v1 of github.com/Adyen/adyen-openapi describe it. */
class Adyen {
  readonly links = new Map<string, Link>();
  readonly paid = new Map<string, Paid>();
  readonly items: Item[] = [];
  readonly rows: string[][] = [];
  refunds = 0;
  private readonly answers = new Map<string, Reply>();
  private made = 0;

  answer(call: Call): Reply {
    const key = call.headers['idempotency-key'];
    const known = typeof key === 'string' ? this.answers.get(key) : undefined;
    if (known) return known;
    const reply = this.fresh(call);
    if (typeof key === 'string') this.answers.set(key, reply);
    return reply;
  }

  pay(linkId: string): void {
    const link = this.links.get(linkId)!;
    link.status = 'completed';
    const paid: Paid = { psp: this.psp(), link, state: link.later ? 'authorised' : 'captured', refunded: 0 };
    this.paid.set(paid.psp, paid);
    this.tell('AUTHORISATION', {
      pspReference: paid.psp,
      merchantReference: link.reference,
      amount: link.amount,
    });
    if (!link.later) this.book('SentForSettle', paid, link.amount, '', '');
  }

  itemsOf(paymentId: string): readonly Item[] {
    return this.items.filter(({ merchantReference }) => merchantReference.split('.')[0] === paymentId);
  }

  private fresh({ method, path, headers, body }: Call): Reply {
    if (path.startsWith('/reports/')) return this.report(path, headers);
    if (headers['x-api-key'] !== adyenSettings.apiKey) return fault(401);
    const [, , , id = '', deed] = path.split('/');
    if (path === '/v72/paymentLinks') return this.open(JSON.parse(body) as Record<string, unknown>);
    if (path.startsWith('/v72/paymentLinks/')) return this.link(method, id);
    const request = JSON.parse(body) as { merchantAccount: string; reference: string; amount?: Amount };
    if (request.merchantAccount !== adyenSettings.merchantAccount) return fault(403);
    return this.modify(deed ?? '', id, request);
  }

  private open(request: Record<string, unknown>): Reply {
    const link: Link = {
      id: `PL${String(++this.made).padStart(16, '0')}`,
      reference: request['reference'] as string,
      amount: request['amount'] as Amount,
      later: request['manualCapture'] === true,
      status: 'active',
    };
    this.links.set(link.id, link);
    return { status: 201, body: this.view(link) };
  }

  private link(method: string, id: string): Reply {
    const link = this.links.get(id);
    if (!link) return fault(404);
    if (method === 'PATCH' && link.status !== 'active') return fault(422);
    if (method === 'PATCH') link.status = 'expired';
    return { status: 200, body: this.view(link) };
  }

  private view(link: Link) {
    const { id, reference, amount, status } = link;
    const expiresAt = after(now(), { minutes: 15 });
    const url = `https://test.adyen.link/${id}`;
    return { id, reference, amount, status, url, expiresAt, merchantAccount: adyenSettings.merchantAccount };
  }

  /** Each is taken, and its outcome is told by a notice. */
  private modify(
    deed: string,
    psp: string,
    { reference, amount }: { reference: string; amount?: Amount },
  ): Reply {
    const paid = this.paid.get(psp);
    if (!paid) return fault(422);
    const pspReference = this.psp();
    const done = this.carryOut(deed, paid, pspReference, reference, amount ?? paid.link.amount);
    this.tell(
      { captures: 'CAPTURE', cancels: 'CANCELLATION', refunds: 'REFUND' }[deed]!,
      {
        pspReference,
        originalReference: psp,
        merchantReference: reference,
        amount: amount ?? paid.link.amount,
      },
      done,
    );
    const { merchantAccount } = adyenSettings;
    return {
      status: 201,
      body: {
        merchantAccount,
        paymentPspReference: psp,
        pspReference,
        reference,
        status: 'received',
        amount,
      },
    };
  }

  private carryOut(deed: string, paid: Paid, psp: string, reference: string, amount: Amount): boolean {
    if (deed === 'refunds') {
      if (paid.state !== 'captured' || paid.refunded + amount.value > paid.link.amount.value) return false;
      paid.refunded += amount.value;
      this.refunds++;
      this.book('SentForRefund', paid, amount, psp, reference);
      return true;
    }
    if (paid.state !== 'authorised') return false;
    paid.state = deed === 'captures' ? 'captured' : 'cancelled';
    if (deed === 'captures') this.book('SentForSettle', paid, amount, psp, reference);
    return true;
  }

  private tell(eventCode: string, item: Omit<Item, 'eventCode' | 'success'>, success = true): void {
    this.items.push({ ...item, eventCode, success: success ? 'true' : 'false', reason: success ? '' : 'No' });
  }

  private book(
    type: string,
    { psp, link }: Paid,
    amount: Amount,
    modification: string,
    reference: string,
  ): void {
    const sign = type === 'SentForRefund' ? '-' : '';
    const decimal = `${sign}${(amount.value / 100).toFixed(2)}`;
    const at = localTime(now(), adyenSettings.timeZone).replace('T', ' ');
    const names = [adyenSettings.merchantAccount, psp, link.reference];
    this.rows.push([
      ...names,
      '"visa, credit"',
      at,
      'CET',
      type,
      modification,
      amount.currency,
      decimal,
      reference,
    ]);
  }

  private report(path: string, headers: Call['headers']): Reply {
    if (headers['x-api-key'] !== adyenSettings.reportKey) return fault(401);
    const day = /payments_accounting_report_(\d{4})_(\d{2})_(\d{2})\.csv$/.exec(path);
    const rows = this.rows.filter((row) => row[4]!.startsWith(day!.slice(1).join('-')));
    return { status: 200, body: [reportHead, ...rows].map((row) => row.join(',')).join('\r\n') };
  }

  private psp = (): string => `QFQTPCQ8HX${String(++this.made).padStart(6, '0')}`;
}

const reportHead = [
  ...[
    'Merchant Account',
    'Psp Reference',
    'Merchant Reference',
    'Payment Method',
    'Booking Date',
    'TimeZone',
  ],
  ...['Record Type', 'Modification Psp Reference', 'Payment Currency', 'Captured (PC)'],
  'Modification Merchant Reference',
];

const fault = (status: number): Reply => ({
  status,
  body: { status, errorCode: '000', message: 'no', errorType: 'validation' },
});

/**
 * What the service knows once a call was answered and all notices were heard: Adyen answers "received", and tells the rest. A refund
 * that it took and did not make is refused, only later.
 */
class Heard implements Gateway {
  readonly name: string;
  readonly abilities;
  readonly verifyWebhook: Gateway['verifyWebhook'];
  readonly movements: Gateway['movements'];
  readonly authorise: Gateway['authorise'];
  readonly lookUpRefund: Gateway['lookUpRefund'];

  constructor(
    private readonly real: AdyenGateway,
    private readonly adyen: Adyen,
  ) {
    this.name = real.name;
    this.abilities = real.abilities;
    this.verifyWebhook = real.verifyWebhook.bind(real);
    this.movements = real.movements.bind(real);
    this.authorise = real.authorise.bind(real);
    this.lookUpRefund = real.lookUpRefund.bind(real);
  }

  async lookUp(reference: string): Promise<PaymentAtGateway> {
    return this.told(await this.real.lookUp(reference));
  }
  async cancel(reference: string): Promise<PaymentAtGateway> {
    return this.told(await this.real.cancel(await this.named(reference)));
  }
  async capture(reference: string, payment: Parameters<Gateway['capture']>[1]): Promise<PaymentAtGateway> {
    return this.told(await this.real.capture(await this.named(reference), payment));
  }
  async refund(order: Parameters<Gateway['refund']>[0]): Promise<RefundAtGateway> {
    const refund = await this.real.refund({
      ...order,
      paymentReference: await this.named(order.paymentReference),
    });
    for (const item of this.adyen.itemsOf(order.refundId)) {
      const verdict = await this.hear(item);
      if (verdict && 'refund' in verdict && verdict.refund.outcome.is === 'failed')
        throw new GatewayRefused('later');
    }
    return refund;
  }

  /** The link's payment is known by another name once it was paid. */
  private async named(reference: string): Promise<string> {
    const link = this.adyen.links.get(reference);
    if (!link) return reference;
    const paid = await this.news(link.reference.split('.')[0]!);
    return paid?.reference ?? reference;
  }
  private async told(answer: PaymentAtGateway): Promise<PaymentAtGateway> {
    return (await this.news(answer.paymentId)) ?? answer;
  }
  private async news(paymentId: string): Promise<PaymentAtGateway | undefined> {
    let news: PaymentAtGateway | undefined;
    for (const item of this.adyen.itemsOf(paymentId)) {
      const notice = await this.hear(item);
      if (notice && 'payment' in notice) news = notice.payment;
    }
    return news;
  }
  private async hear(item: Item) {
    const verdict = await this.real.verifyWebhook(notification(signed(item)));
    return verdict.genuine ? verdict.notice : undefined;
  }
}

export async function adyenDouble(): Promise<
  GatewayDouble & { readonly adyen: Adyen; readonly real: AdyenGateway }
> {
  const adyen = new Adyen();
  const loopback = await Loopback.open((call) => adyen.answer(call));
  const real = new AdyenGateway(adyenSettings, oneAttempt(), (url, init) =>
    fetch(url.replace(/^https:\/\/[^/]+/, loopback.url), init),
  );
  return {
    adyen,
    real,
    gateway: new Heard(real, adyen),
    now,
    currency: 'EUR',
    signsTime: false,
    async pay(reference) {
      adyen.pay(reference);
    },
    made: () => ({ payments: adyen.links.size, refunds: adyen.refunds }),
    silence: (next, silence) => loopback.silence(next, silence),
    notice(reference) {
      const [item] = adyen.itemsOf(reference.split('.')[1]!);
      return { rawBody: notification(signed(item!)), headers: {} };
    },
    tampered: (rawBody) =>
      Buffer.from(Buffer.from(rawBody).toString().replace('"value":9600', '"value":9601')),
    unsigned: (rawBody) => Buffer.from(Buffer.from(rawBody).toString().replace('hmacSignature', 'signature')),
    close: () => loopback.close(),
  };
}
