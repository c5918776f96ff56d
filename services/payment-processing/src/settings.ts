import { readSettings, type SettingKinds } from '@boxoffice/shared/kernel';
import { readFileSync } from 'node:fs';
import { readLimits } from './core/fraud/limits';
import { usualFraudMeasures, type FraudSettings } from './core/fraud/settings';
import { prefix, usualPrefixes, type PaperPrefixes } from './core/papers/number';
import { readTaxRates } from './core/tax/read-tax-rates';
import type { TaxRow } from './core/tax/tax-rows';
import { readGatewaySettings, type GatewaySettings } from './infrastructure/gateways/gateways';

export interface PaymentSettings extends GatewaySettings {
  /** Where a gateway sends the buyer afterwards; `{orderId}` stands for the order. */
  readonly returnUrl: string;
  /** Who sells, as papers name them where an event does not. */
  readonly seller: string;
  readonly prefixes?: PaperPrefixes;
  /** The operator's own, beside or instead of those that are known. */
  readonly taxRates?: readonly TaxRow[];
  readonly fraud: FraudSettings;
}

type Environment = Readonly<Record<string, string | undefined>>;

export const readPaymentSettings = (environment: Environment): PaymentSettings =>
  readSettings(environment, (setting) => ({
    returnUrl: setting.text('CHECKOUT_RETURN_URL'),
    seller: setting.textOr('SELLER_NAME', 'Boxoffice'),
    prefixes: {
      invoice: setting.readOr('INVOICE_PREFIX', usualPrefixes.invoice, prefix),
      creditNote: setting.readOr('CREDIT_NOTE_PREFIX', usualPrefixes.creditNote, prefix),
    },
    taxRates: setting.readOr('TAX_RATES', [], (text) =>
      // The rows themselves, or the name of a file that has them.
      readTaxRates(text.trimStart().startsWith('[') ? text : readFileSync(text, 'utf8')),
    ),
    ...readGatewaySettings(environment),
    fraud: readFraud(setting, environment['FRAUD_HASH_KEY']),
  }));

const readFraud = (setting: SettingKinds, hashKey: string | undefined): FraudSettings => ({
  rules: setting.readOr('FRAUD_LIMITS', usualFraudMeasures.rules, readLimits),
  hashKey: hashKey || usualFraudMeasures.hashKey,
  proxies: setting.wholeOr('TRUSTED_PROXIES', usualFraudMeasures.proxies),
  reviewHours: setting.wholeOr('FRAUD_REVIEW_HOURS', usualFraudMeasures.reviewHours),
  keepDays: setting.wholeOr('FRAUD_KEEP_DAYS', usualFraudMeasures.keepDays),
});
