import { readFileSync } from 'node:fs';
import { isCurrency, readSettings, type SettingKinds } from '@boxoffice/shared/kernel';
import type { BankAccount } from './core/bank-transfer/epc-code';
import { readBic, readIban } from './core/bank-transfer/iban';
import { readPreferences, type GatewayPreferences } from './core/choose-gateway';
import { readLimits } from './core/fraud/limits';
import { usualFraudMeasures, type FraudSettings } from './core/fraud/settings';
import { prefix, usualPrefixes, type PaperPrefixes } from './core/papers/number';
import { noFee, type PlatformFee } from './core/platform-fee';
import { readTaxRates } from './core/tax/read-tax-rates';
import type { TaxRow } from './core/tax/tax-rows';
import { gatewayNames, readGatewaySettings, type GatewaySettings } from './infrastructure/gateways/gateways';

export interface PaymentSettings extends GatewaySettings {
  /** Where a gateway sends the buyer afterwards; `{orderId}` stands for the order. */
  readonly returnUrl: string;
  /** Who sells, as papers name them where an event does not. */
  readonly seller: string;
  /** Which gateways are asked for what, in which order; as they are listed where empty. */
  readonly preferences?: GatewayPreferences;
  readonly prefixes?: PaperPrefixes;
  /** The operator's own, beside or instead of those that are known. */
  readonly taxRates?: readonly TaxRow[];
  readonly fraud: FraudSettings;
  /** Nothing where it is not set. */
  readonly platformFee?: PlatformFee;
  /** Absent where the account or its holder is not set. */
  readonly bankTransfer?: BankTransferSettings | undefined;
}

export interface BankTransferSettings {
  readonly account: BankAccount;
  /** Of the account. */
  readonly currencies: readonly string[];
  /** How many a buyer has to pay. */
  readonly days: number;
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
    bankTransfer: readBankTransfer(setting),
    preferences: setting.readOr('GATEWAY_PREFERENCES', [], (text) => readPreferences(text, gatewayNames)),
    fraud: readFraud(setting, environment['FRAUD_HASH_KEY']),
    platformFee: {
      basisPoints: setting.wholeOr('PLATFORM_FEE', noFee.basisPoints),
      fixed: setting.readOr('PLATFORM_FEE_FIXED', noFee.fixed, readFixedFees),
    },
  }));

const readFraud = (setting: SettingKinds, hashKey: string | undefined): FraudSettings => ({
  rules: setting.readOr('FRAUD_LIMITS', usualFraudMeasures.rules, readLimits),
  hashKey: hashKey || usualFraudMeasures.hashKey,
  proxies: setting.wholeOr('TRUSTED_PROXIES', usualFraudMeasures.proxies),
  reviewHours: setting.wholeOr('FRAUD_REVIEW_HOURS', usualFraudMeasures.reviewHours),
  keepDays: setting.wholeOr('FRAUD_KEEP_DAYS', usualFraudMeasures.keepDays),
});

/** `EUR 25, JPY 30`: minor units, by currency. */
function readFixedFees(text: string): PlatformFee['fixed'] {
  return Object.fromEntries(
    text.split(',').map((part) => {
      const [, currency = '', amountMinor = ''] = /^\s*([A-Z]{3}) (\d{1,9})\s*$/.exec(part) ?? [];
      if (!isCurrency(currency)) throw new Error(`not like EUR 25, JPY 30: ${part}`);
      return [currency, Number(amountMinor)];
    }),
  );
}

function readBankTransfer(setting: SettingKinds): BankTransferSettings | undefined {
  const iban = setting.readOr('BANK_TRANSFER_IBAN', undefined, readIban);
  const bic = setting.readOr('BANK_TRANSFER_BIC', undefined, readBic);
  const holder = setting.textOr('BANK_TRANSFER_HOLDER', '');
  const currencies = setting.readOr('BANK_TRANSFER_CURRENCIES', ['EUR'], readCurrencies);
  const days = setting.wholeOr('BANK_TRANSFER_DAYS', 7);
  return iban === undefined || holder === ''
    ? undefined
    : { account: { holder, iban, bic }, currencies, days };
}

function readCurrencies(text: string): readonly string[] {
  const codes = text.split(',').map((code) => code.trim());
  const strange = codes.filter((code) => !isCurrency(code));
  if (strange.length > 0) throw new Error(`no currency: ${strange.join(', ')}`);
  return codes;
}
