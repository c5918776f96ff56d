import type { Service } from '../src/platform';
import {
  instantly,
  noFaults,
  simulatedWorld,
  type Faults,
  type SimulatedWorld,
} from '../src/platform/simulated';
import { busContract } from './contract/bus.contract';
import { containerContract } from './contract/container.contract';
import { databaseContract, type DatabaseUnderTest } from './contract/database.contract';
import { filesContract } from './contract/files.contract';
import { mailContract } from './contract/mail.contract';
import { messagingContract } from './contract/messaging.contract';
import { secretsContract } from './contract/secrets.contract';

const nothing: Service = {
  name: 'payment-processing',
  routes: [],
  consumers: [],
  timers: [],
  feeds: [],
  migrations: [],
  containers: [],
  problems: {},
  checks: {},
};

/** Faults that a service need not notice: the suites hold word for word. */
const kinds: readonly (readonly [string, Faults])[] = [
  ['a simulated world', instantly],
  [
    'a simulated world where calls take their time and overtake each other',
    { ...noFaults, latency: [0, 40], slow: 0.1, slowFor: [50, 400] },
  ],
];

for (const [name, faults] of kinds) {
  let seed = 0;
  const open = (): SimulatedWorld => {
    const world = simulatedWorld({ seed: `${name} ${++seed}`, faults });
    world.schedule.runFreely();
    return world;
  };

  containerContract(name, async () => {
    const world = open();
    const platform = world.process('one');
    return {
      container: (spec) => platform.container('ticket-inventory', spec),
      advance: (milliseconds) => world.schedule.pass(milliseconds),
      close: () => platform.close(),
    };
  });

  const openDatabase = async (): Promise<DatabaseUnderTest> => {
    const world = open();
    const platform = world.process('one');
    return {
      database: () => platform.database('payment-processing'),
      migrate: (migrations) => platform.migrate({ ...nothing, migrations }),
      close: async () => world.close(),
    };
  };
  databaseContract(name, openDatabase);
  messagingContract(name, openDatabase);

  busContract(name, async () => {
    const world = open();
    let platform = world.process('one');
    return {
      get bus() {
        return platform.bus;
      },
      get clock() {
        return platform.clock;
      },
      consume: (subscription, handle) => platform.run({ ...nothing, consumers: [{ subscription, handle }] }),
      advance: (milliseconds) => world.schedule.pass(milliseconds),
      patienceMilliseconds: 400_000,
      restart: async () => {
        platform.process.kill();
        platform = world.process('two');
      },
      close: () => platform.close(),
    };
  });

  filesContract(name, async () => {
    const platform = open().process('one');
    return { files: platform.files('event-management', 'media'), close: () => platform.close() };
  });

  secretsContract(name, async () => {
    const world = open();
    const platform = world.process('one');
    return {
      secrets: platform.secrets,
      another: async () => world.process('two').secrets,
      close: () => platform.close(),
    };
  });

  mailContract(name, async () => {
    const world = open();
    const platform = world.process('one');
    const { sent, refused } = world.stores.mailbox;
    refused.add('nobody@example.com');
    return {
      mail: platform.mail,
      sent: async () => [...sent.values()].map(({ message }) => message),
      refusedAddress: 'nobody@example.com',
      close: () => platform.close(),
    };
  });
}
