import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createDispatcher, serveHttp } from '@boxoffice/shared/http';
import { oidcAuthenticator, readIdentitySettings } from '@boxoffice/shared/http/oidc';
import type { Service } from '@boxoffice/shared/platform';
import { embeddedPlatform, type EmbeddedPlatform } from '@boxoffice/shared/platform/embedded';
import { consoleTelemetry } from '@boxoffice/shared/telemetry';
import { composeAll, startAll } from '../../src/boxoffice';
import { Visitor } from '../visitor';
import { GatewayDouble } from './gateway';
import { MovableClock } from './movable-clock';
import { openProvider, type Person, type Provider } from './provider';
import { Stores } from './stores';
import { walletEnvironment } from './wallets';

/** All four services in this process, behind one loopback port, with a clock that can be moved. */
export interface House {
  /** `http://127.0.0.1:port` */
  readonly origin: string;
  readonly dataDir: string;
  readonly clock: MovableClock;
  readonly platform: EmbeddedPlatform;
  readonly services: readonly Service[];
  readonly gateway: GatewayDouble;
  readonly provider: Provider;
  readonly stores: Stores;
  /** What was logged as an error. */
  readonly errors: readonly string[];
  visitor(person: Person): Promise<Visitor>;
  /** Has every timer, or those of that name, run once: by themselves they never do. */
  runTimers(name?: string): Promise<void>;
  /** Resolves once messages and feeds have come to rest. */
  quiet(): Promise<void>;
  /** From here on nothing happens but what is asked for over HTTP. */
  stopWorking(): Promise<void>;
  close(): Promise<void>;
}

const environment = {
  CHECKOUT_RETURN_URL: 'https://shop.example/returned?order={orderId}',
  HOLDS_PER_BUYER: '50',
  // So dear that somebody is to look at it: nothing else costs nearly as much.
  FRAUD_LIMITS: JSON.stringify({ 'account.amount.day': { review: 3_000_000, currency: 'EUR' } }),
  BANK_TRANSFER_IBAN: 'AT61 1904 3002 3457 3201',
  BANK_TRANSFER_HOLDER: 'Saal an der Wien GmbH',
  ...walletEnvironment,
};

/** The services as they are composed, for whoever wants to know their routes alone. */
export function composedForALook<T>(look: (services: readonly Service[]) => T): T {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'boxoffice-look-'));
  const clock = new MovableClock();
  const platform = embeddedPlatform({ dataDir, telemetry: consoleTelemetry({ clock }), clock });
  try {
    return look(composeAll(platform, environment));
  } finally {
    void platform.close().then(() => rmSync(dataDir, { recursive: true, force: true }));
  }
}

export async function openHouse(): Promise<House> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'boxoffice-house-'));
  const clock = new MovableClock();
  const errors: string[] = [];
  const telemetry = consoleTelemetry({ clock, level: 'error', write: (line) => void errors.push(line) });
  const platform = embeddedPlatform({ dataDir, telemetry, clock });
  const provider = await openProvider();

  // It listens before it opens: either it or the API must be the first to know where the other is.
  const gatewayServer = createServer().listen(0, '127.0.0.1');
  await once(gatewayServer, 'listening');
  const gatewayOrigin = `http://127.0.0.1:${(gatewayServer.address() as AddressInfo).port}`;
  const gateway = new GatewayDouble(gatewayOrigin, path.join(dataDir, 'sandbox-gateway.db'), clock);
  gatewayServer.on('request', gateway.handle);

  const services = composeAll(platform, { ...environment, ...gateway.environment });
  const stopWorking = await startAll(
    platform,
    services.map((service) => ({ ...service, timers: [] })),
  );
  const dispatch = createDispatcher(services, {
    authenticate: oidcAuthenticator(readIdentitySettings(provider.settings), { clock, telemetry }),
    telemetry,
    clock,
    openapi: { title: 'Boxoffice', version: '1' },
  });
  const server = await serveHttp(dispatch, {
    port: 0,
    host: '127.0.0.1',
    graceMilliseconds: 100,
    extra: gateway.keepNoticeOut,
  });
  const origin = `http://127.0.0.1:${server.port}`;
  gateway.open(`${origin}/api/v1/payments/webhook/sandbox`);
  const stores = new Stores(dataDir);

  return {
    origin,
    dataDir,
    clock,
    platform,
    services,
    gateway,
    provider,
    stores,
    errors,
    visitor: async (person) => new Visitor(origin, await provider.tokenFor(person)),
    async runTimers(name) {
      for (const timer of services.flatMap(({ timers }) => timers))
        if (name === undefined || timer.name === name) await timer.run();
    },
    async quiet() {
      let before = JSON.stringify(stores.fingerprint());
      for (let unchanged = 0; unchanged < 6;) {
        await wait(20);
        const now = JSON.stringify(stores.fingerprint());
        unchanged = now === before ? unchanged + 1 : 0;
        before = now;
      }
    },
    stopWorking,
    async close() {
      await stopWorking();
      await server.stop();
      gateway.close();
      gatewayServer.close();
      gatewayServer.closeAllConnections();
      await provider.close();
      stores.close();
      await platform.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
