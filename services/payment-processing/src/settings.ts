import { readSettings, type SettingKinds } from '@boxoffice/shared/kernel';
import { readLimits } from './core/fraud/limits';
import { usualFraudMeasures, type FraudSettings } from './core/fraud/settings';
import type { SandboxSettings } from './infrastructure/gateways/sandbox';

export interface PaymentSettings {
  /** Where a gateway sends the buyer afterwards; `{orderId}` stands for the order. */
  readonly returnUrl: string;
  /** Who sells, as receipts name them. */
  readonly seller: string;
  /** Absent where its address or one of its keys is not set. */
  readonly sandbox: SandboxSettings | undefined;
  readonly fraud: FraudSettings;
}

type Environment = Readonly<Record<string, string | undefined>>;

export const readPaymentSettings = (environment: Environment): PaymentSettings =>
  readSettings(environment, (setting) => ({
    returnUrl: setting.text('CHECKOUT_RETURN_URL'),
    seller: setting.textOr('SELLER_NAME', 'Boxoffice'),
    sandbox: readSandbox(environment),
    fraud: readFraud(setting, environment['FRAUD_HASH_KEY']),
  }));

function readSandbox(environment: Environment): SandboxSettings | undefined {
  const url = environment['SANDBOX_GATEWAY_URL'];
  const apiKey = environment['SANDBOX_API_KEY'];
  const webhookSecret = environment['SANDBOX_WEBHOOK_SECRET'];
  if (!url || !apiKey || !webhookSecret) return undefined;
  const outcome = environment['SANDBOX_OUTCOME'];
  return { url: url.replace(/\/$/, ''), apiKey, webhookSecret, ...(outcome ? { outcome } : {}) };
}

const readFraud = (setting: SettingKinds, hashKey: string | undefined): FraudSettings => ({
  rules: setting.readOr('FRAUD_LIMITS', usualFraudMeasures.rules, readLimits),
  hashKey: hashKey || usualFraudMeasures.hashKey,
  proxies: setting.wholeOr('TRUSTED_PROXIES', usualFraudMeasures.proxies),
  reviewHours: setting.wholeOr('FRAUD_REVIEW_HOURS', usualFraudMeasures.reviewHours),
  keepDays: setting.wholeOr('FRAUD_KEEP_DAYS', usualFraudMeasures.keepDays),
});
