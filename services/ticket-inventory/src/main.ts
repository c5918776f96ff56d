import 'reflect-metadata';
import { Chance, Clock, Ids } from '@boxoffice/shared/kernel';
import type { Platform, Service } from '@boxoffice/shared/platform';
import { Telemetry } from '@boxoffice/shared/telemetry';
import { container as root, type DependencyContainer } from 'tsyringe';
import { announceChanges } from './api/announce-changes.feed';
import { hearEvents } from './api/announced-events.consumer';
import { expireHolds } from './api/expire-holds.timer';
import { hearPayments } from './api/payments.consumer';
import { problems } from './api/problems';
import { routesOf } from './api/routes';
import { FindAvailability } from './core/availability';
import { CancelSales } from './core/cancel-sales';
import { Doors } from './core/doors';
import { ExpireHolds } from './core/expire-holds';
import { FindSeats } from './core/find-seats';
import { SalesRules } from './core/hold-tickets';
import { HoldTokens } from './core/hold-tokens';
import { MakeNotesKnown } from './core/make-notes-known';
import { MakeOffersKnown } from './core/make-offers-known';
import { OpenSales } from './core/open-sales';
import {
  ChangeReader,
  DoorWatch,
  DueHolds,
  Invitations,
  ListenerTally,
  PublishedKeys,
  Seals,
  StockRecords,
  Wallets,
} from './core/ports';
import { PublishKeys } from './core/publish-keys';
import { TicketKeys } from './core/ticket-keys';
import { SettleOrder } from './core/settle-order';
import { VoidTickets } from './core/void-tickets';
import { WalletPasses } from './core/wallet-passes';
import { ListeningRules } from './core/watch-availability';
import { ChangeDocuments } from './infrastructure/change-documents';
import {
  dueSpec,
  DueContainer,
  Inventory,
  inventorySpec,
  WalletsContainer,
  walletsSpec,
} from './infrastructure/containers';
import { DoorTelemetry } from './infrastructure/door-telemetry';
import { ListenerTelemetry } from './infrastructure/listener-telemetry';
import { DueDocuments } from './infrastructure/due-documents';
import { KeyDocuments, keysPartition } from './infrastructure/key-documents';
import { SecretInvitations } from './infrastructure/secret-invitations';
import { SecretSeals, SecretStore } from './infrastructure/secret-seals';
import { StockDocuments } from './infrastructure/stock-documents';
import { WalletDocuments } from './infrastructure/wallet-documents';
import { PassIssuers, SignedPasses } from './infrastructure/wallet-passes/signed-passes';
import type { InventorySettings } from './settings';

/** `override` may register other things under the same tokens: tests do. */
export function compose(
  platform: Platform,
  settings: InventorySettings,
  override?: (container: DependencyContainer) => void,
): Service {
  const container = composed(platform, settings);
  override?.(container);
  const inventory = platform.container('ticket-inventory', inventorySpec);
  const keys = container.resolve(PublishKeys);
  return {
    name: 'ticket-inventory',
    routes: routesOf(container, platform.press),
    consumers: [
      hearEvents(container.resolve(OpenSales), container.resolve(CancelSales), platform.telemetry),
      hearPayments({
        settling: container.resolve(SettleOrder),
        voiding: container.resolve(VoidTickets),
        bus: platform.bus,
        telemetry: platform.telemetry,
      }),
    ],
    timers: [expireHolds(container.resolve(ExpireHolds))],
    feeds: [
      announceChanges({
        inventory,
        reader: container.resolve<ChangeReader>(ChangeReader),
        notes: container.resolve(MakeNotesKnown),
        offering: container.resolve(MakeOffersKnown),
        wallets: container.resolve<Wallets>(Wallets),
        due: container.resolve<DueHolds>(DueHolds),
        bus: platform.bus,
      }),
    ],
    migrations: [],
    containers: [inventorySpec, walletsSpec, dueSpec],
    problems,
    checks: {
      documents: async () => {
        await inventory.read(keysPartition, 'none');
      },
    },
    start: () => keys.publish(),
  };
}

function composed(platform: Platform, settings: InventorySettings): DependencyContainer {
  const container = root.createChildContainer();
  const { clock, ids, chance, telemetry, secrets } = platform;
  container.register(Clock, { useValue: clock });
  container.register(Ids, { useValue: ids });
  container.register(Chance, { useValue: chance });
  container.register(Telemetry, { useValue: telemetry });
  container.register(SecretStore, { useValue: secrets });
  container.register(SalesRules, { useValue: settings satisfies SalesRules });
  container.register(PassIssuers, { useValue: settings.passes });
  container.register(ListeningRules, { useValue: settings satisfies ListeningRules });
  container.register(Inventory, { useValue: platform.container('ticket-inventory', inventorySpec) });
  container.register(WalletsContainer, { useValue: platform.container('ticket-inventory', walletsSpec) });
  container.register(DueContainer, { useValue: platform.container('ticket-inventory', dueSpec) });
  container.registerSingleton(StockRecords, StockDocuments);
  container.registerSingleton(Wallets, WalletDocuments);
  container.registerSingleton(DueHolds, DueDocuments);
  container.registerSingleton(PublishedKeys, KeyDocuments);
  container.registerSingleton(ChangeReader, ChangeDocuments);
  container.registerSingleton(Seals, SecretSeals);
  container.registerSingleton(Invitations, SecretInvitations);
  container.registerSingleton(DoorWatch, DoorTelemetry);
  container.registerSingleton(WalletPasses, SignedPasses);
  container.registerSingleton(ListenerTally, ListenerTelemetry);
  // One of each in a process: they remember.
  container.registerSingleton(Doors);
  container.registerSingleton(FindAvailability);
  container.registerSingleton(FindSeats);
  container.registerSingleton(TicketKeys);
  container.registerSingleton(HoldTokens);
  return container;
}
