import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type * as Sandbox from '@boxoffice/payment-processing/gateways/sandbox';
import { GatewayRefused, GatewaySilent } from '@boxoffice/payment-processing/main';
import { services, subscriptions } from '@boxoffice/shared/contracts';
import { publicKeyFrom, verifyTicketCode } from '@boxoffice/shared/tokens';
import { FunctionsHost, type Registered } from '../../../shared/test/doubles/functions-host';
import { buildWhatIsMissing } from './functions/bundles';
import { deployAll, openHouse, type House } from './functions/house';
import { openProxy } from './functions/proxy';
import { atTheGateway, firstCategory, hold, orderIn, pay, placeOrder, putOnSale, until } from './purchase';
import { Visitor } from './visitor';

const folder = mkdtempSync(path.join(tmpdir(), 'function-apps-'));
const closing: (() => Promise<void>)[] = [];
let bundles: ReturnType<typeof deployAll>;

beforeAll(() => {
  buildWhatIsMissing(services);
  bundles = deployAll(folder);
}, 120_000);
afterAll(async () => {
  for (const close of closing.reverse()) await close();
  rmSync(folder, { recursive: true });
});

const gateways = ['sandbox', 'stripe', 'paypal', 'adyen', 'square', 'razorpay', 'mercado-pago'];
const fileOf = (gateway: string): string => `boxoffice-payment-processing-gateways-${gateway}.js`;
const inSql: ReadonlySet<string> = new Set(['event-management', 'payment-processing']);

describe('the bundle of a Function App', () => {
  it('is tried here for every service that has one', () => {
    const all = path.resolve(__dirname, '../..');
    const withFunctions = readdirSync(all).filter((name) =>
      existsSync(path.join(all, name, 'src/functions.ts')),
    );
    expect(withFunctions).toEqual([...services].sort());
  });

  it.each(services)('of %s is small, and leaves the large packages for later', (app) => {
    const { kilobytes, packages, lazy } = bundles[app];
    expect(kilobytes).toBeLessThanOrEqual(500);
    expect(packages).toEqual(expect.arrayContaining(['@azure/functions', 'jose']));
    expect(packages.filter((name) => name.startsWith('@azure/'))).toEqual(
      packages.filter((name) => name.startsWith('@azure/functions')),
    );
    for (const later of ['kysely', 'mssql', 'tedious', 'pdfkit', 'fontkit', 'rhea', 'asn1js', 'fflate'])
      expect(packages).not.toContain(later);
    expect(lazy).toEqual(
      expect.arrayContaining(['azure-cosmos.js', 'azure-identity.js', 'azure-service-bus.js']),
    );
    if (app === 'payment-processing')
      expect(lazy).toEqual(expect.arrayContaining(gateways.map((name) => fileOf(name))));
    // What is for tables stays with those who have tables.
    for (const late of ['kysely', 'mssql'])
      expect([late, lazy.includes(`${late}.js`)]).toEqual([late, inSql.has(app)]);
  });

  it('tells what a gateway in a file of its own throws by its name', async () => {
    const beside = path.join(path.dirname(bundles['payment-processing'].file), 'lazy', fileOf('sandbox'));
    const { SandboxGateway } = (await import(beside)) as typeof Sandbox;
    const settings = { url: 'https://sandbox.example', apiKey: 'key', webhookSecret: 'secret' };
    const once = { run: <T>(work: (signal: AbortSignal) => Promise<T>) => work(AbortSignal.timeout(1000)) };
    for (const [status, Kind] of [
      [404, GatewayRefused],
      [503, GatewaySilent],
    ] as const) {
      const gateway = new SandboxGateway(settings, once, () => Promise.resolve({ status, text: '' }));
      const thrown = await gateway.lookUp('sp_1').catch((error: unknown) => error);
      expect(thrown).toBeInstanceOf(Kind);
      expect((thrown as object).constructor).not.toBe(Kind);
    }
  });

  it.each([
    ['event-management', ['AZURE_SQL_SERVER', 'SERVICE_BUS_NAMESPACE']],
    ['ticket-inventory', ['COSMOS_ENDPOINT', 'KEY_VAULT_URL', 'SERVICE_BUS_NAMESPACE']],
    ['payment-processing', ['AZURE_SQL_SERVER', 'CHECKOUT_RETURN_URL', 'SERVICE_BUS_NAMESPACE']],
    ['notification', ['COMMUNICATION_ENDPOINT', 'COSMOS_ENDPOINT', 'MAIL_SENDER', 'SERVICE_BUS_NAMESPACE']],
  ] as const)(
    'of %s does not start without its settings, and names all that are missing',
    async (app, missing) => {
      const refused = await FunctionsHost.load(bundles[app].file).catch((error: unknown) => String(error));
      expect(refused).toContain('SettingsIncomplete');
      for (const name of [...missing, 'OIDC_ISSUER', 'OIDC_AUDIENCE']) expect(refused).toContain(name);
    },
  );
});

describe('four Function Apps', () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse(bundles, folder, closing);
  }, 60_000);

  describe.each(services)('%s', (app) => {
    const registered = (type: string): readonly Registered[] =>
      house.apps[app].functions.filter(({ trigger }) => trigger.type === type);

    it('registers its routes, its health and what describes them, each under a name that the host takes', () => {
      const own = ['health', 'openapi.json'].map((name) => ({ method: 'GET', path: `/${app}/${name}` }));
      const places = [...house.composition[app].routes, ...own];
      const http = registered('httpTrigger').map(({ trigger }) => ({
        route: `${String(trigger['methods'])} ${String(trigger['route'])}`,
        authLevel: trigger['authLevel'],
      }));
      // Tokens are checked by the app itself.
      const wanted = places.map(({ method, path: at }) => ({
        route: `${method} v1${at}`,
        authLevel: 'anonymous',
      }));
      const byRoute = (a: { route: string }, b: { route: string }): number => (a.route < b.route ? -1 : 1);
      expect(http.sort(byRoute)).toEqual(wanted.sort(byRoute));
      for (const { name } of house.apps[app].functions) expect(name).toMatch(/^[a-z][a-z0-9-]{0,126}$/);
    });

    it('registers the subscriptions of the topology, its timers and its feeds, and nothing else', () => {
      const { timers, feeds } = house.composition[app];
      const listens = subscriptions.filter(({ subscription }) => subscription === app);
      const others = house.apps[app].functions.filter(({ trigger }) => trigger.type !== 'httpTrigger');
      expect(others.map(({ name, trigger }) => ({ ...trigger, name }))).toEqual([
        ...listens.map(({ topic }) =>
          expect.objectContaining({
            name: `consume-${topic}`,
            type: 'serviceBusTrigger',
            topicName: topic,
            subscriptionName: app,
            connection: 'ServiceBusConnection',
          }),
        ),
        ...timers.map(({ name }) =>
          expect.objectContaining({
            name,
            type: 'timerTrigger',
            schedule: expect.stringMatching(/^\S+( \S+){5}$/) as unknown,
          }),
        ),
        ...feeds.map(({ name, container }) =>
          expect.objectContaining({
            name,
            type: 'cosmosDBTrigger',
            databaseName: app,
            containerName: container.name,
            leaseContainerName: 'leases',
            connection: 'CosmosDbConnection',
          }),
        ),
      ]);
      // A page that failed comes again until it has been handled: by default the host would pass it over.
      for (const { retry } of registered('cosmosDBTrigger'))
        expect(retry).toMatchObject({ maxRetryCount: -1 });
    });

    it('says that it is well', async () => {
      const health = await house.apps[app].http({ method: 'GET', url: `/api/v1/${app}/health` });
      expect([health.status, health.json]).toMatchObject([200, { status: 'pass' }]);
    });

    it('describes its routes, and who signs people in', async () => {
      const { status, json } = await house.apps[app].http({
        method: 'GET',
        url: `/api/v1/${app}/openapi.json`,
      });
      const { routes } = house.composition[app];
      expect([status, json]).toMatchObject([
        200,
        {
          openapi: '3.1.0',
          paths: Object.fromEntries(routes.map(({ path: at }) => [at, expect.any(Object) as unknown])),
          components: {
            securitySchemes: {
              signIn: {
                openIdConnectUrl: expect.stringContaining('/.well-known/openid-configuration') as unknown,
              },
            },
          },
        },
      ]);
    });
  });

  it('sell a ticket: held, ordered, paid, issued, and sent by e-mail with its receipt', async () => {
    const [admin, organizer, buyer] = await Promise.all([
      house.visitor('Ada', 'admin'),
      house.visitor('Olivia', 'organizer'),
      house.visitor('Ben'),
    ]);
    const concert = await putOnSale(organizer, await firstCategory(buyer, admin), [40, 20]);
    const order = await placeOrder(buyer, await hold(buyer, concert));
    expect(order.total).toEqual({ amountMinor: 2 * 4800 + 1200, currency: 'EUR' });
    await atTheGateway(await pay(buyer, order), 'succeed');
    const { tickets } = await orderIn(buyer, order, 'fulfilled');

    const { keys } = await buyer.get<{ keys: { kid: string; x: string }[] }>('/ticket-keys');
    const keyOf = (keyId: string) => {
      const key = keys.find(({ kid }) => kid === keyId);
      return key && publicKeyFrom(key.x);
    };
    expect(tickets.map(({ code }) => verifyTicketCode(code, keyOf))).toEqual(
      tickets.map(({ ticketId }) =>
        expect.objectContaining({ valid: true, ticket: expect.objectContaining({ ticketId }) }),
      ),
    );
    expect(tickets).toHaveLength(3);

    const authorization = `Bearer ${String(buyer.token)}`;
    for (const [paper, type, whole] of [
      [`/tickets/${tickets[0]!.ticketId}.pdf`, 'application/pdf', /^%PDF-[^]*%%EOF\s*$/],
      [`/orders/${order.orderId}/receipt.pdf`, 'application/pdf', /^%PDF-[^]*%%EOF\s*$/],
      [`/tickets/${tickets[0]!.ticketId}.pkpass`, 'application/vnd.apple.pkpass', /^PK[^]*signature/],
    ] as const) {
      const reply = await fetch(`${house.origin}/api/v1${paper}`, { headers: { authorization } });
      expect([reply.status, reply.headers.get('content-type')]).toEqual([200, type]);
      expect(Buffer.from(await reply.arrayBuffer()).toString('latin1')).toMatch(whole);
    }
    const { saveUrl } = await buyer.get<{ saveUrl: string }>(
      `/tickets/${tickets[0]!.ticketId}/google-wallet`,
    );
    expect(saveUrl).toContain('https://pay.google.com/gp/v/save/');

    const [mail] = await until(
      async () => house.cloud.email.sent,
      (sent) => sent.length > 0,
    );
    expect(mail?.email.recipients.to).toEqual([{ address: 'ben@example.org', displayName: 'Ben' }]);
    const attachments = mail?.email.attachments.map(({ contentType, contentInBase64 }) => [
      contentType,
      Buffer.from(contentInBase64, 'base64').toString('latin1', 0, 5),
    ]);
    expect(attachments).toEqual([
      ['application/pdf', '%PDF-'],
      ['application/pdf', '%PDF-'],
    ]);
  });

  it('tell who watches an event of what is held, within a second', async () => {
    const [admin, organizer, buyer] = await Promise.all([
      house.visitor('Ada', 'admin'),
      house.visitor('Olivia', 'organizer'),
      house.visitor('Ben'),
    ]);
    const concert = await putOnSale(organizer, await firstCategory(buyer, admin), [40, 20]);
    const url = `/api/v1/events/${concert.eventId}/availability/stream`;
    const { status, headers, body, ended } = await house.apps['ticket-inventory'].stream({
      method: 'GET',
      url,
    });
    expect([status, headers['content-type']]).toEqual([200, 'text/event-stream']);
    let heard = '';
    body.on('data', (chunk: Buffer) => (heard += chunk.toString()));
    const hearing = (held: number) =>
      until(
        async () => heard,
        (text) => text.includes(`"held":${held}`),
        1000,
      );
    await hearing(0);
    await hold(buyer, concert);
    await hearing(2);
    body.destroy();
    await ended;
  });

  it('run every timer, and find nothing left to do', async () => {
    for (const app of services)
      for (const { name } of house.composition[app].timers) await house.apps[app].timer(name);
    expect(house.failures).toEqual([]);
    expect(house.cloud.email.sent).toHaveLength(1);
  });

  it('turn away who brings no token, or one that was changed', async () => {
    const { token = '' } = await house.visitor('Ben');
    const [header = '', , signature = ''] = token.split('.');
    const claims = Buffer.from(JSON.stringify({ oid: 'olivia', roles: ['admin'] })).toString('base64url');
    for (const bearer of [undefined, `${header}.${claims}.${signature}`]) {
      const stranger = new Visitor(house.origin, bearer);
      const answers = [
        await stranger.send('POST', '/categories', { name: 'Concerts' }),
        await stranger.send('POST', '/holds', {}),
        await stranger.send('GET', '/orders'),
        await stranger.send('GET', '/users/ben/notifications'),
      ];
      for (const { status, headers } of answers)
        expect([status, headers.get('www-authenticate')]).toEqual([401, expect.stringMatching(/^Bearer/)]);
    }
  });

  it('are not there by another method, as the host answers, nor at another address', async () => {
    for (const [app, method, url] of [
      ['event-management', 'PUT', '/api/v1/venues'],
      ['ticket-inventory', 'GET', '/api/v1/holds'],
      ['payment-processing', 'DELETE', '/api/v1/orders'],
      ['notification', 'GET', '/v1/notification/health'],
    ] as const)
      expect((await house.apps[app].http({ method, url })).status).toBe(404);
  });

  it('tell Application Insights what happened before they are shut down', async () => {
    const proxy = await openProxy();
    closing.push(() => proxy.close());
    const app = await FunctionsHost.load(bundles.notification.file, {
      env: {
        ...house.settings.notification,
        APPLICATIONINSIGHTS_CONNECTION_STRING:
          'InstrumentationKey=00000000-0000-4000-8000-000000000000;IngestionEndpoint=https://insights.example/',
        APPLICATION_INSIGHTS_NO_STATSBEAT: 'true',
        HTTPS_PROXY: proxy.origin,
      },
    });
    await app.timer('send-due');
    await app.close();
    expect(proxy.asked).toContain('insights.example:443');
  });
});
