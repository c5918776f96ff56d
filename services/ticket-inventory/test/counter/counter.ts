import { signingKeyPublished, type Envelope, type Fact } from '@boxoffice/shared/contracts';
import { createDispatcher, type Dispatch, type Principal } from '@boxoffice/shared/http';
import type { Platform, Service } from '@boxoffice/shared/platform';
import { embeddedPlatform, type EmbeddedPlatform } from '@boxoffice/shared/platform/embedded';
import { closeCosmos, cosmosContainer, createContainers } from '@boxoffice/shared/platform/azure/cosmos';
import { publicKeyFrom } from '@boxoffice/shared/tokens';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CosmosDouble } from '../../../../shared/test/doubles/cosmos';
import { dueSpec, inventorySpec, walletsSpec } from '../../src/infrastructure/containers';
import { compose } from '../../src/main';
import { balcony, eventId, SetClock, stalls } from '../season';
import { silence } from '../silence';

/** Whom each bearer token speaks for; `Olga` runs the event, `Otto` others. `Mal` says that he has Stella's address. */
const people: Readonly<Record<string, Principal>> = {
  ...Object.fromEntries(
    ['Ada', 'Ben', 'Cem', 'Stella', 'Stig'].map((name) => [
      name,
      { userId: `user-${name}`, name, email: `${name}@example.org`, roles: [] },
    ]),
  ),
  Olga: {
    userId: 'b0a7c9d2-2f64-4f0a-9f5e-0d5f6a1c2b3d',
    name: 'Olga',
    email: 'olga@example.org',
    roles: ['organizer'],
  },
  Mal: { userId: 'user-Mal', name: 'Mal', email: 'Stella@example.org', emailIsUnverified: true, roles: [] },
  Otto: { userId: 'user-Otto', name: 'Otto', email: 'otto@example.org', roles: ['organizer'] },
};

export const basket = {
  eventId,
  lines: [
    { ticketTypeId: stalls, quantity: 2 },
    { ticketTypeId: balcony, quantity: 1 },
  ],
};

/** Which adapters keep the documents: jest.config.cjs runs the specs of this folder once over each. */
declare const stores: 'embedded' | 'azure' | undefined;

/** The service as its callers see it; what it publishes is kept. */
export class Counter {
  readonly clock = new SetClock();
  readonly said: Envelope[] = [];
  service!: Service;
  private readonly folder = mkdtempSync(path.join(tmpdir(), 'counter-'));
  private readonly embedded: EmbeddedPlatform;
  private cosmos: CosmosDouble | undefined;
  private dispatch!: Dispatch;
  private seen: string | undefined;

  private constructor() {
    this.embedded = embeddedPlatform({ dataDir: this.folder, telemetry: silence, clock: this.clock });
  }

  static async open(): Promise<Counter> {
    const counter = new Counter();
    if (typeof stores !== 'undefined' && stores === 'azure') counter.cosmos = await CosmosDouble.start();
    await counter.start();
    return counter;
  }

  /** A process over the same folder as the one before it. */
  async start(): Promise<void> {
    const publish = async (envelopes: readonly Envelope[]) => void this.said.push(...envelopes);
    const bus = { publish, deadLetters: this.embedded.bus.deadLetters };
    const platform = await this.overItsStores({ ...this.embedded, bus });
    this.service = compose(platform, { liveHoldsPerBuyer: 2, mostListeners: 2, passes: {} });
    await platform.migrate(this.service);
    await this.service.start?.();
    this.dispatch = createDispatcher([this.service], {
      authenticate: (name) => people[name ?? ''],
      telemetry: silence,
      clock: this.clock,
    });
  }

  /** The real SDK over a real wire, where Cosmos DB keeps them. */
  private async overItsStores(platform: Platform): Promise<Platform> {
    if (!this.cosmos) return platform;
    const settings = { endpoint: this.cosmos.endpoint, key: this.cosmos.key, database: 'ticket-inventory' };
    await createContainers(settings, [inventorySpec, walletsSpec, dueSpec]);
    return { ...platform, container: (_, spec) => cosmosContainer(settings, spec) };
  }

  async close(): Promise<void> {
    if (this.cosmos) {
      await closeCosmos();
      await this.cosmos.close();
    }
    await this.embedded.close();
    rmSync(this.folder, { recursive: true });
  }

  async hear<Data extends object>(fact: Fact<Data>, data: Data): Promise<void> {
    const consumer = this.service.consumers.find(({ subscription }) =>
      subscription.types.includes(fact.type),
    );
    await consumer?.handle(fact.announce('message', 'subject', this.clock.now(), data), { count: 1 });
  }

  /** As an operator does. */
  replaceSecret(name: string, text: string): void {
    writeFileSync(path.join(this.folder, 'secrets', name), text);
  }

  /** Lets the feed see what has changed since it last looked. */
  async lookAtChanges(): Promise<void> {
    for (const feed of this.service.feeds) {
      for (;;) {
        const { documents, continuation } = await feed.container.changes(this.seen, 1000);
        this.seen = continuation;
        if (documents.length === 0) break;
        await feed.handle(documents);
      }
    }
  }

  /** From the beginning, as after a crash that lost where it was. */
  forgetWhatWasSeen(): void {
    this.seen = undefined;
  }

  async call(
    who: string | undefined,
    method: string,
    url: string,
    body?: object,
    headers: Record<string, string> = {},
  ) {
    const reply = await this.dispatch({
      method,
      url: `/api/v1${url}`,
      headers: {
        ...headers,
        ...(who ? { authorization: who } : {}),
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      body: Buffer.from(body ? JSON.stringify(body) : ''),
    });
    const text = typeof reply.body === 'string' ? reply.body : '';
    return { ...reply, json: (text ? JSON.parse(text) : {}) as Record<string, unknown> };
  }

  hold = (who: string, key: string, body: object = basket) =>
    this.call(who, 'POST', '/holds', body, { 'idempotency-key': key });

  /** Held, sold and available of each ticket type. */
  async left(): Promise<readonly (readonly [number, number, number])[]> {
    this.clock.pass(1); // beyond what a moment ago was remembered
    const { json } = await this.call(undefined, 'GET', `/events/${eventId}/availability`);
    return (json['ticketTypes'] as { held: number; sold: number; available: number }[]).map(
      (t) => [t.held, t.sold, t.available] as const,
    );
  }

  keys = () =>
    new Map(
      this.said
        .filter((e) => signingKeyPublished.is(e))
        .map((e) => signingKeyPublished.read(e))
        .map((k) => [k.keyId, publicKeyFrom(k.publicKey)]),
    );
}
