import 'reflect-metadata';
import { Chance, Clock, Ids } from '@boxoffice/shared/kernel';
import { Relay, type MessagingTables } from '@boxoffice/shared/messaging';
import type { Platform, Service } from '@boxoffice/shared/platform';
import type { Database } from '@boxoffice/shared/sql';
import { Telemetry } from '@boxoffice/shared/telemetry';
import { container, type DependencyContainer } from 'tsyringe';
import { announcementConsumers } from './api/announcements.consumer';
import { problems } from './api/problems';
import { routesOf } from './api/routes';
import { timersOf } from './api/timers';
import { ReturnUrl } from './core/ask-gateway';
import { OwnAccount } from './core/bank-transfer/instruct';
import { Transfers } from './core/bank-transfer/ports';
import { GatewayPreferences } from './core/choose-gateway';
import { Pseudonym } from './core/fraud/count';
import { Reviews } from './core/fraud/ports';
import { FraudSettings } from './core/fraud/settings';
import { InventoryHearing } from './core/hear-inventory';
import { Gateways, type Gateway } from './core/gateway';
import { FinanceRecords } from './core/finance/ports';
import { BookedMovements } from './core/finance/reconcile';
import { GiftCardCodes } from './core/gift-card';
import { usualPrefixes } from './core/papers/number';
import { PaperRules } from './core/papers/paper-book';
import { noFee, PlatformFee } from './core/platform-fee';
import { Announced, Books, Records, Waiting, Watch } from './core/ports';
import { EventRefunding } from './core/refund-event';
import { RefundRecords } from './core/refund-job';
import { TaxOf } from './core/tax/tax';
import { taxTable } from './core/tax/tax-table';
import { OperatorRecords } from './core/waiting-sagas';
import { BankTransferGateway } from './infrastructure/bank-transfer/bank-transfer-gateway';
import { SqlTransfers } from './infrastructure/bank-transfer/sql-transfers';
import { pseudonymsUnder } from './infrastructure/fraud/pseudonym';
import { SqlReviews } from './infrastructure/fraud/sql-reviews';
import { openGateways } from './infrastructure/gateways/gateways';
import { LogWatch } from './infrastructure/log-watch';
import { migrations } from './infrastructure/migrations';
import { SecretGiftCards, SecretStore } from './infrastructure/secret-gift-cards';
import { SqlAnnounced } from './infrastructure/sql-announced';
import { OutboxRelay, PaymentDatabase, SqlBooks } from './infrastructure/sql-books';
import { SqlFinance } from './infrastructure/sql-finance';
import { SqlMovements } from './infrastructure/sql-movements';
import { SqlRecords } from './infrastructure/sql-records';
import { SqlRefunds } from './infrastructure/sql-refunds';
import type { PaymentTables } from './infrastructure/tables';
import type { PaymentSettings } from './settings';

// Whoever brings gateways of their own, in `override`, speaks of them in these words.
export * from './core/gateway';
export { usualFraudMeasures } from './core/fraud/settings';
export type { PaymentSettings } from './settings';
/** Run by whoever deploys: the app's own identity may not change a schema. */
export { migrations };

/** `override` registers tokens anew: the simulation's `Gateways`, a test's clock. */
export function compose(
  platform: Platform,
  settings: PaymentSettings,
  override: (container: DependencyContainer) => void = () => undefined,
): Service {
  const database = platform.database<PaymentTables>('payment-processing');
  const outbox = database as unknown as Database<MessagingTables>;
  const relay = new Relay(outbox, platform.bus, platform.telemetry);
  const services = container.createChildContainer();
  services.registerInstance(Clock, platform.clock);
  services.registerInstance(Ids, platform.ids);
  services.registerInstance(Chance, platform.chance);
  services.registerInstance(Telemetry, platform.telemetry);
  services.registerInstance(PaymentDatabase, database);
  services.registerInstance(OutboxRelay, relay);
  services.registerInstance(ReturnUrl, settings.returnUrl);
  services.registerInstance(PaperRules, {
    seller: settings.seller,
    prefixes: settings.prefixes ?? usualPrefixes,
  } satisfies PaperRules);
  services.registerInstance(
    Gateways,
    openGateways(settings, platform.telemetry, bankTransfers(settings, database, platform.clock)),
  );
  services.registerInstance(GatewayPreferences, settings.preferences ?? []);
  services.registerSingleton(Books, SqlBooks);
  services.registerSingleton(Announced, SqlAnnounced);
  services.registerSingleton(SqlRecords);
  services.register(Records, { useToken: SqlRecords });
  services.register(Waiting, { useToken: SqlRecords });
  services.registerSingleton(Watch, LogWatch);
  services.registerInstance(FraudSettings, settings.fraud);
  services.registerInstance(Pseudonym, pseudonymsUnder(settings.fraud.hashKey ?? 'nothing to hide'));
  services.registerSingleton(Reviews, SqlReviews);
  services.registerInstance(SecretStore, platform.secrets);
  services.registerSingleton(GiftCardCodes, SecretGiftCards);
  services.registerInstance<TaxOf>(TaxOf, taxTable(settings.taxRates));
  services.registerInstance(PlatformFee, settings.platformFee ?? noFee);
  services.registerSingleton(RefundRecords, SqlRefunds);
  services.registerSingleton(OperatorRecords, SqlRefunds);
  services.registerSingleton(FinanceRecords, SqlFinance);
  services.registerSingleton(BookedMovements, SqlMovements);
  services.registerSingleton(Transfers, SqlTransfers);
  services.registerInstance(OwnAccount, { account: settings.bankTransfer?.account });
  override(services);

  return {
    name: 'payment-processing',
    routes: routesOf(services, platform.press),
    consumers: announcementConsumers(
      services.resolve(Announced),
      services.resolve(InventoryHearing),
      services.resolve(EventRefunding),
    ),
    timers: timersOf(services, relay),
    feeds: [],
    migrations,
    containers: [],
    problems,
    checks: {
      database: async () => {
        await database.query.selectFrom('events').select('eventId').limit(1).execute();
      },
    },
  };
}

const bankTransfers = (
  { bankTransfer }: PaymentSettings,
  database: Database<PaymentTables>,
  clock: Clock,
): Gateway | undefined => bankTransfer && new BankTransferGateway(database, bankTransfer, clock);
