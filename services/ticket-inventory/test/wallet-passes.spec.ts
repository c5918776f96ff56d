import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { eventPublished } from '@boxoffice/shared/contracts';
import { createDispatcher } from '@boxoffice/shared/http';
import type { Secrets } from '@boxoffice/shared/platform';
import { embeddedPlatform, type EmbeddedPlatform } from '@boxoffice/shared/platform/embedded';
import { unzipSync } from 'fflate';
import { decodeJwt } from 'jose';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { RecordingTelemetry } from '../../../shared/test/doubles/recording-telemetry';
import { AppleDouble, googleServiceAccount } from '../../../shared/test/doubles/wallets';
import { walletsSpec } from '../src/infrastructure/containers';
import { compose } from '../src/main';
import { readInventorySettings } from '../src/settings';
import { concert, SetClock } from './season';
import { adasTicket } from './ticket-in-hand';

const apple = { APPLE_PASS_TYPE_ID: 'pass.org.example.tickets', APPLE_TEAM_ID: 'A1B2C3D4E5' };
const google = { GOOGLE_WALLET_ISSUER_ID: '3388000000022195611' };
const { ticketId, code } = adasTicket();
const forApple = `/tickets/${ticketId}.pkpass`;
const forGoogle = `/tickets/${ticketId}/google-wallet`;

let authority: AppleDouble;
let folder: string;
let embedded: EmbeddedPlatform;
let clock: SetClock;
let telemetry: RecordingTelemetry;
/** What an operator has put there; the service's own secrets stay where they are. */
let put: Map<string, string>;
let asked: string[];

beforeAll(async () => {
  authority = await AppleDouble.open();
});

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'wallet-passes-'));
  clock = new SetClock();
  telemetry = new RecordingTelemetry();
  embedded = embeddedPlatform({ dataDir: folder, telemetry, clock });
  put = new Map();
  asked = [];
  const wallet = embedded.container('ticket-inventory', walletsSpec);
  const ticket = adasTicket({ seat: 'Parterre left/C/14' });
  await wallet.write('user-Ada', [{ kind: 'upsert', id: ticketId, body: ticket }]);
});

afterEach(async () => {
  await embedded.close();
  rmSync(folder, { recursive: true });
});

/** A process that was started with these settings. */
async function start(environment: Readonly<Record<string, string>>) {
  const secrets: Secrets = {
    get: async (name) => {
      asked.push(name);
      return put.get(name);
    },
    getOrCreate: (name, make) => embedded.secrets.getOrCreate(name, make),
  };
  const publish = async () => undefined;
  const bus = { publish, deadLetters: embedded.bus.deadLetters };
  const service = compose({ ...embedded, secrets, bus }, readInventorySettings(environment));
  const consumer = service.consumers.find(({ subscription }) =>
    subscription.types.includes(eventPublished.type),
  );
  await consumer?.handle(eventPublished.announce('message', 'subject', clock.now(), concert()), { count: 1 });
  const dispatch = createDispatcher([service], {
    authenticate: (name) =>
      name === undefined
        ? undefined
        : { userId: `user-${name}`, name: `${name} Lovelace`, email: `${name}@example.org`, roles: [] },
    telemetry,
    clock,
  });
  return async (who: string | undefined, url: string) => {
    const headers = who === undefined ? {} : { authorization: who };
    const reply = await dispatch({ method: 'GET', url: `/api/v1${url}`, headers, body: new Uint8Array() });
    const json = typeof reply.body === 'string' ? (JSON.parse(reply.body) as Record<string, unknown>) : {};
    return { ...reply, json };
  };
}

async function putApples(dates: { readonly notAfter?: Date } = {}): Promise<void> {
  const terms = { passTypeId: apple.APPLE_PASS_TYPE_ID, teamId: apple.APPLE_TEAM_ID, ...dates };
  const { certificate, key, intermediate } = await authority.issue(terms);
  put.set('apple-pass-certificate', certificate);
  put.set('apple-pass-key', key);
  put.set('apple-wwdr-certificate', intermediate);
}

const logged = () =>
  telemetry.lines.filter(({ level }) => level === 'error').map(({ error }) => (error as Error).message);

describe('a ticket for Apple Wallet', () => {
  it('is a signed pass in its holder’s name, with its seat', async () => {
    await putApples();
    const get = await start(apple);
    const reply = await get('Ada', forApple);
    expect(reply).toMatchObject({
      status: 200,
      headers: {
        'content-type': 'application/vnd.apple.pkpass',
        'content-disposition': `attachment; filename="ticket-${ticketId}.pkpass"`,
        'cache-control': 'private, no-store',
      },
    });
    const files = unzipSync(reply.body as Uint8Array);
    expect(JSON.parse(Buffer.from(files['pass.json']!).toString())).toMatchObject({
      passTypeIdentifier: apple.APPLE_PASS_TYPE_ID,
      teamIdentifier: apple.APPLE_TEAM_ID,
      serialNumber: ticketId,
      organizationName: 'Boxoffice',
      barcodes: [{ message: code }],
      semantics: { attendeeName: 'Ada Lovelace', seats: [{ seatRow: 'C' }], admissionLevel: 'Stalls' },
    });
    const today = new Date(clock.now());
    expect(await authority.check(files['manifest.json']!, files['signature']!, today)).toEqual(today);
  });

  it('is refused where nobody has set Apple Wallet up, and no secret is looked for', async () => {
    const get = await start(google);
    expect(await get('Ada', forApple)).toMatchObject({
      status: 404,
      json: { code: 'apple-wallet-not-configured' },
    });
    expect(asked).toEqual([]);
    expect(logged()).toEqual([]);
  });

  it('is refused for now where a secret is missing, and the log says which', async () => {
    await putApples();
    put.delete('apple-pass-key');
    const get = await start(apple);
    const reply = await get('Ada', forApple);
    expect(reply).toMatchObject({
      status: 503,
      headers: { 'retry-after': '300' },
      json: { code: 'apple-wallet-unavailable' },
    });
    expect(JSON.stringify(reply.json)).not.toContain('apple-pass-key');
    expect(logged()).toEqual(['the secret apple-pass-key is missing']);
  });

  it('is refused from the moment that the certificate runs out, until the operator renews it', async () => {
    await putApples({ notAfter: new Date('2027-01-05T12:02:00Z') });
    const get = await start(apple);
    expect((await get('Ada', forApple)).status).toBe(200);
    clock.pass(3);
    expect(await get('Ada', forApple)).toMatchObject({
      status: 503,
      json: { code: 'apple-wallet-unavailable' },
    });
    expect(logged()).toEqual(['apple-pass-certificate has expired on 2027-01-05T12:02:00.000Z']);
    await putApples();
    clock.pass(2);
    expect((await get('Ada', forApple)).status).toBe(200);
  });

  it('costs no look at the secrets while they are remembered', async () => {
    await putApples();
    const get = await start(apple);
    for (let i = 0; i < 3; i++) expect((await get('Ada', forApple)).status).toBe(200);
    expect(asked.sort()).toEqual(['apple-pass-certificate', 'apple-pass-key', 'apple-wwdr-certificate']);
  });
});

describe('a ticket for Google Wallet', () => {
  it('is a link that saves it in its holder’s name', async () => {
    put.set('google-wallet-key', googleServiceAccount().json);
    const get = await start({ ...google, SELLER_NAME: 'Konzerthaus' });
    const { status, json } = await get('Ada', forGoogle);
    expect(status).toBe(200);
    const saveUrl = String(json['saveUrl']);
    expect(saveUrl).toContain('https://pay.google.com/gp/v/save/');
    expect(decodeJwt(saveUrl.slice(saveUrl.lastIndexOf('/') + 1))).toMatchObject({
      payload: {
        eventTicketClasses: [{ issuerName: 'Konzerthaus' }],
        eventTicketObjects: [
          { ticketNumber: ticketId, ticketHolderName: 'Ada Lovelace', barcode: { value: code } },
        ],
      },
    });
  });

  it('is refused where nobody has set Google Wallet up', async () => {
    const get = await start(apple);
    expect(await get('Ada', forGoogle)).toMatchObject({
      status: 404,
      json: { code: 'google-wallet-not-configured' },
    });
  });

  it('is refused for now where the key is missing or is none, and the log says so without it', async () => {
    const get = await start(google);
    const refused = { status: 503, json: { code: 'google-wallet-unavailable' } };
    expect(await get('Ada', forGoogle)).toMatchObject(refused);
    put.set('google-wallet-key', '-----BEGIN PRIVATE KEY-----');
    clock.pass(5);
    expect(await get('Ada', forGoogle)).toMatchObject(refused);
    expect(logged()).toEqual([
      'the secret google-wallet-key is missing',
      "google-wallet-key is not the JSON of a service account's key",
    ]);
  });
});

describe('a ticket for either wallet', () => {
  it.each([
    ['another’s', 'Eve', ticketId],
    ['one that never was', 'Ada', ticketId.replace('1000-1', '1000-2')],
    ['what is no ticket', 'Ada', 'x'],
  ])('is not told apart from none where it is %s', async (_, who, id) => {
    await putApples();
    put.set('google-wallet-key', googleServiceAccount().json);
    for (const settings of [{ ...apple, ...google }, {}]) {
      const get = await start(settings);
      for (const url of [`/tickets/${id}.pkpass`, `/tickets/${id}/google-wallet`])
        expect(await get(who, url)).toMatchObject({ status: 404, json: { code: 'ticket-unknown' } });
    }
  });

  it('is for who has signed in', async () => {
    const get = await start({ ...apple, ...google });
    for (const url of [forApple, forGoogle]) expect((await get(undefined, url)).status).toBe(401);
  });
});
