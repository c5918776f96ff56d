import {
  eventPublished,
  holdRefused,
  type HoldRefused,
  paymentCaptured,
  signingKeyPublished,
  ticketsIssued,
  type Envelope,
  type EventPublished,
  type PaymentCaptured,
} from '@boxoffice/shared/contracts';
import { createDispatcher, type Principal } from '@boxoffice/shared/http';
import { after, toMilliseconds, type Instant } from '@boxoffice/shared/kernel';
import { sealHolds, signingKeyFrom } from '@boxoffice/shared/tokens';
import { usualFraudMeasures, type FraudSettings } from '../src/core/fraud/settings';
import { Gateways, type Gateway } from '../src/core/gateway';
import { gatewaysOf } from '../src/infrastructure/gateways/gateways';
import { TaxOf } from '../src/core/tax/tax';
import type { PaymentTables } from '../src/infrastructure/tables';
import { compose, type PaymentSettings } from '../src/main';
import { CounterGateway } from './counter';
import { simulatedStand, type Stand } from './stand';

export const holdKey = signingKeyFrom('hold', new Uint8Array(32).fill(7));
export const eventId = '01jv0h5c9n3yq8t6w2b4d7f1ga';
export const stalls = '01jv0h5c9n8m1s4k7p0r3v6x9z';
export const standing = '01jv0h5c9n8m1s4k7p0r3v6x9y';
export const kiosk = '01jv0h5c9n8m1s4k7p0r3v6x9x';
export const free = '01jv0h5c9n8m1s4k7p0r3v6x9w';

export const event: EventPublished = {
  ...eventPublished.sample,
  eventId,
  version: 3,
  ticketTypes: [
    { ...eventPublished.sample.ticketTypes[0]!, ticketTypeId: stalls, name: 'Stalls' },
    {
      ...eventPublished.sample.ticketTypes[0]!,
      ticketTypeId: standing,
      name: 'Standing',
      price: { amountMinor: 1500, currency: 'EUR' },
    },
    {
      ...eventPublished.sample.ticketTypes[0]!,
      ticketTypeId: kiosk,
      name: 'Kiosk',
      price: { amountMinor: 900, currency: 'JPY' },
    },
    {
      ...eventPublished.sample.ticketTypes[0]!,
      ticketTypeId: free,
      name: 'Children',
      price: { amountMinor: 0, currency: 'EUR' },
    },
  ],
};

/** Who holds the event, and who runs the platform. */
export const organizer = event.organizerId;
export const admin = 'admin';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Record<string, unknown>;
  readonly bytes: Uint8Array;
}

export type Shop = Awaited<ReturnType<typeof openShop>>;

let shops = 0;

export interface ShopOptions {
  readonly announced?: boolean;
  readonly stand?: Stand;
  /** One that was open before. */
  readonly gateway?: CounterGateway;
  /** Beside the counter. */
  readonly gateways?: (now: () => number) => Promise<readonly Gateway[]>;
  readonly settings?: Partial<PaymentSettings>;
  readonly fraud?: Partial<FraudSettings>;
  readonly taxOf?: TaxOf;
}

/**
 * The whole service over simulated stores and a virtual clock, or over files, asked through HTTP, with its announcements at
 * hand.
 */
export async function openShop(options: ShopOptions = {}) {
  const stand = options.stand ?? simulatedStand(`shop ${++shops}`);
  const { platform } = stand;
  const said: Envelope[] = [];
  const bus = {
    ...platform.bus,
    publish: async (envelopes: readonly Envelope[]) => {
      said.push(...envelopes);
    },
  };
  const now = () => toMilliseconds(platform.clock.now());
  const gateway = options.gateway ?? new CounterGateway(now);
  const beside = (await options.gateways?.(now)) ?? [];
  let gateways = gatewaysOf([]);
  const service = compose(
    { ...platform, bus },
    {
      returnUrl: 'https://shop.example/orders/{orderId}',
      seller: 'Boxoffice',
      sandbox: undefined,
      // One Ada buys in all tests.
      fraud: { ...usualFraudMeasures, rules: [], ...options.fraud },
      ...options.settings,
    },
    (services) => {
      const composed = services.resolve<Gateways>(Gateways);
      const own = composed.names.map((name) => composed.named(name));
      gateways = gatewaysOf([gateway, ...own, ...beside]);
      services.registerInstance(Gateways, gateways);
      if (options.taxOf) services.registerInstance(TaxOf, options.taxOf);
    },
  );
  await platform.migrate(service);
  const dispatch = createDispatcher([service], {
    authenticate: (header) => (header === undefined ? undefined : person(header)),
    telemetry: platform.telemetry,
    clock: platform.clock,
  });
  const database = platform.database<PaymentTables>('payment-processing');
  const timer = (name: string) => service.timers.find((one) => one.name === name)!;
  let keys = 0;
  /** Where requests come from. */
  const from = { address: undefined as string | undefined };

  const shop = {
    service,
    gateway,
    gateways,
    from,
    database,
    said,
    platform,
    now: (): Instant => platform.clock.now(),
    pass: (minutes: number) => stand.pass(minutes * 60_000),

    async call(
      method: string,
      path: string,
      body?: object,
      as = 'ada',
      key = `key-${++keys}`,
      more: Readonly<Record<string, string>> = {},
    ): Promise<Answer> {
      const reply = await dispatch({
        method,
        url: `/api/v1${path}`,
        peer: from.address,
        headers: { authorization: as, 'idempotency-key': key, 'content-type': 'application/json', ...more },
        body: body === undefined ? new Uint8Array() : Buffer.from(JSON.stringify(body)),
      });
      const bytes =
        typeof reply.body === 'string' ? Buffer.from(reply.body) : (reply.body ?? new Uint8Array());
      const isJson = reply.headers['content-type']?.includes('json') ?? false;
      const json = isJson ? (JSON.parse(Buffer.from(bytes).toString()) as Record<string, unknown>) : {};
      return { status: reply.status, headers: reply.headers, body: json, bytes };
    },

    /** A gateway's notice, to the last byte; the status that it is answered with. */
    async notice(of: string, rawBody: Uint8Array, headers: Record<string, string>): Promise<number> {
      const url = `/api/v1/payments/webhook/${of}`;
      return (await dispatch({ method: 'POST', url, headers, body: rawBody })).status;
    },

    hear: async (envelope: Envelope): Promise<void> => {
      const consumer = service.consumers.find(({ subscription }) =>
        subscription.types.includes(envelope.type),
      )!;
      await consumer.handle(envelope, { count: 1 });
    },

    token: (
      suffix: string,
      lines: Record<string, number>,
      minutes = 15,
      userId = 'ada',
      key = holdKey,
    ): string =>
      sealHolds(
        [
          {
            holdId: `${eventId}-${suffix}`,
            eventId,
            userId,
            lines: Object.entries(lines).map(([ticketTypeId, quantity]) => ({ ticketTypeId, quantity })),
            expiresAt: after(shop.now(), { minutes }),
          },
        ],
        key,
      )(0),

    /** An order over two stalls. */
    async order(suffix: string, minutes = 15, as = 'ada'): Promise<string> {
      const holdToken = shop.token(suffix, { [stalls]: 2 }, minutes, as);
      const { body } = await shop.call('POST', '/orders', { holdToken }, as);
      return String(body['orderId']);
    },

    /** A payment of it at the counter: its id, and the gateway's name for it. */
    async payment(orderId: string): Promise<{ paymentId: string; reference: string }> {
      const { body } = await shop.call('POST', '/payments', { orderId, gateway: 'counter' });
      return { paymentId: String(body['paymentId']), reference: `there-${String(body['paymentId'])}` };
    },

    /** Its tickets are issued. */
    async fulfilled(suffix: string): Promise<{ orderId: string; paymentId: string; reference: string }> {
      const bought = await shop.paid(suffix);
      const facts = await shop.spoken(paymentCaptured);
      const fact = facts.findLast(({ subject }) => subject === bought.orderId)!;
      await shop.hear(issue(`issue-${suffix}`, asCaptured(fact), shop.now()));
      return bought;
    },

    async webhook(id: string, content: object): Promise<number> {
      return (await shop.call('POST', '/payments/webhook/counter', { id, ...content })).status;
    },

    async paid(suffix: string): Promise<{ orderId: string; paymentId: string; reference: string }> {
      const orderId = await shop.order(suffix);
      const payment = await shop.payment(orderId);
      await shop.webhook(`paid-${suffix}`, { payment: shop.gateway.decide(payment.reference, 'captured') });
      return { orderId, ...payment };
    },

    sweep: async (): Promise<void> => {
      await timer('refund-events').run();
      await timer('look-after-what-waits').run();
      await timer('relay-announcements').run();
    },

    async state(orderId: string): Promise<string> {
      return String((await shop.call('GET', `/orders/${orderId}`)).body['state']);
    },

    async spoken(type: { readonly type: string }): Promise<readonly Envelope[]> {
      await timer('relay-announcements').run();
      return said.filter((envelope) => envelope.type === type.type);
    },

    async ledger(): Promise<Record<string, number>> {
      const rows = await database.query.selectFrom('ledger').selectAll().execute();
      const sums: Record<string, number> = { all: 0 };
      for (const { account, amountMinor } of rows) {
        sums[account] = (sums[account] ?? 0) + amountMinor;
        sums['all'] = (sums['all'] ?? 0) + amountMinor;
      }
      return sums;
    },

    close: () => stand.close(),
  };

  if (options.announced ?? true) {
    const { keyId, publicKey } = holdKey;
    const publishedAt = shop.now();
    await shop.hear(
      signingKeyPublished.announce('key', keyId, publishedAt, {
        keyId,
        purpose: 'hold',
        publicKey,
        publishedAt,
      }),
    );
    await shop.hear(eventPublished.announce('event', eventId, publishedAt, event));
  }
  return shop;
}

/** A question mark behind it: the provider has not seen whether the address is theirs. */
const person = (name: string): Principal => ({
  userId: name,
  name: `${name} Example`,
  email: `${name.replace('?', '')}@example.org`,
  ...(name.endsWith('?') ? { emailIsUnverified: true } : {}),
  roles: name === organizer ? ['organizer'] : name === admin ? ['admin'] : [],
});

/** ticket-inventory's answers to a paid order. */
export const issue = (
  id: string,
  { orderId, eventId: of, holdId, userId, lines }: PaymentCaptured,
  at: Instant,
): Envelope =>
  ticketsIssued.announce(id, orderId, at, {
    orderId,
    eventId: of,
    holdId,
    userId,
    tickets: lines
      .flatMap(({ ticketTypeId, quantity }) => Array.from({ length: quantity }, () => ticketTypeId))
      .map((ticketTypeId, i) => ({
        ticketId: `${holdId}-${i + 1}`,
        ticketTypeId,
        code: `BX1.${i}`,
        seat: `Stalls/A/${i + 1}`,
      })),
    issuedAt: at,
  });

export const refuse = (
  id: string,
  { orderId, eventId: of, holdId }: PaymentCaptured,
  at: Instant,
  reason: HoldRefused['reason'] = 'sold-out',
): Envelope => holdRefused.announce(id, orderId, at, { orderId, eventId: of, holdId, reason, refusedAt: at });

export const asCaptured = (envelope: Envelope): PaymentCaptured => paymentCaptured.read(envelope);
