import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fromMilliseconds, type Clock } from '../src/kernel';
import type { Service } from '../src/platform';
import { embeddedPlatform, type EmbeddedPlatform } from '../src/platform/embedded';
import { EmbeddedSecrets } from '../src/platform/embedded/secrets';
import {
  busContract,
  containerContract,
  databaseContract,
  filesContract,
  mailContract,
  messagingContract,
  secretsContract,
} from './contract';
import { untold } from './untold';

const service = 'ticket-inventory';
const bare: Service = {
  name: service,
  routes: [],
  consumers: [],
  timers: [],
  feeds: [],
  migrations: [],
  containers: [],
  problems: {},
  checks: {},
};

/** The machine's clock, which can be put forward. */
class MovableClock implements Clock {
  ahead = 0;
  now = () => fromMilliseconds(Date.now() + this.ahead);
  sleep = (milliseconds: number) => wait(milliseconds);
}

// Ten deliveries take at most 20 + 40 + … + 160 × 6 ms, and what the machine adds.
const bus = { firstRetryMilliseconds: 20, longestRetryMilliseconds: 160 };

function inFolder() {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'boxoffice-embedded-'));
  const clock = new MovableClock();
  const open = (): EmbeddedPlatform =>
    embeddedPlatform({ dataDir, telemetry: untold, clock, bus, lockPatienceMilliseconds: 0 });
  const at = {
    dataDir,
    clock,
    platform: open(),
    async restart() {
      await at.platform.close();
      at.platform = open();
    },
    async close() {
      await at.platform.close();
      rmSync(dataDir, { recursive: true });
    },
  };
  return at;
}

containerContract('embedded', async () => {
  const at = inFolder();
  return {
    container: (spec) => at.platform.container(service, spec),
    async advance(milliseconds) {
      at.clock.ahead += milliseconds;
    },
    close: () => at.close(),
  };
});

const openDatabase = async () => {
  const at = inFolder();
  return {
    database: <Schema>() => at.platform.database<Schema>(service),
    migrate: (migrations: Service['migrations']) => at.platform.migrate({ ...bare, migrations }),
    close: () => at.close(),
  };
};
databaseContract('embedded', openDatabase);
messagingContract('embedded', openDatabase);

busContract('embedded', async () => {
  const at = inFolder();
  return {
    get bus() {
      return at.platform.bus;
    },
    clock: at.clock,
    consume: (subscription, handle) => at.platform.run({ ...bare, consumers: [{ subscription, handle }] }),
    advance: (milliseconds) => wait(milliseconds),
    patienceMilliseconds: 1500,
    restart: () => at.restart(),
    close: () => at.close(),
  };
});

filesContract('embedded', async () => {
  const at = inFolder();
  return { files: at.platform.files(service, 'media'), close: () => at.close() };
});

secretsContract('embedded', async () => {
  const at = inFolder();
  return {
    secrets: at.platform.secrets,
    another: async () => new EmbeddedSecrets(path.join(at.dataDir, 'secrets')),
    close: () => at.close(),
  };
});

mailContract('embedded', async () => {
  const at = inFolder();
  return {
    mail: at.platform.mail,
    sent: async () =>
      at.platform.mailbox
        .list()
        .map(({ id }) => at.platform.mailbox.get(id)!)
        .reverse(),
    refusedAddress: 'nobody',
    close: () => at.close(),
  };
});
