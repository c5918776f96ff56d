import { describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { usualFraudMeasures } from './core/fraud/settings';
import { readPaymentSettings } from './settings';

const sandbox = {
  SANDBOX_GATEWAY_URL: 'https://pay.example/sandbox/',
  SANDBOX_API_KEY: 'key',
  SANDBOX_WEBHOOK_SECRET: 'secret',
};
const needed = { CHECKOUT_RETURN_URL: 'https://shop.example/orders/{orderId}' };

describe('the settings', () => {
  it('name what is missing', () => {
    expect(() => readPaymentSettings({})).toThrow(/CHECKOUT_RETURN_URL is not set/);
  });

  it('have the sandbox where all of it is set', () => {
    expect(readPaymentSettings({ ...needed, ...sandbox }).sandbox).toEqual({
      url: 'https://pay.example/sandbox',
      apiKey: 'key',
      webhookSecret: 'secret',
    });
  });

  it.each(Object.keys(sandbox))('have no sandbox without %s', (name) => {
    expect(readPaymentSettings({ ...needed, ...sandbox, [name]: undefined }).sandbox).toBeUndefined();
  });

  it('have the usual measures against fraud, unless others are set', () => {
    expect(readPaymentSettings(needed).fraud).toEqual(usualFraudMeasures);
    const set = {
      FRAUD_LIMITS: '{"account.attempts.day":null}',
      FRAUD_HASH_KEY: 'key',
      TRUSTED_PROXIES: '2',
      FRAUD_REVIEW_HOURS: '6',
      FRAUD_KEEP_DAYS: '7',
    };
    const { rules, ...others } = readPaymentSettings({ ...needed, ...set }).fraud;
    expect(others).toEqual({ hashKey: 'key', proxies: 2, reviewHours: 6, keepDays: 7 });
    expect(rules.length).toBe(usualFraudMeasures.rules.length - 1);
  });

  it('have no fee of the platform, unless one is set', () => {
    expect(readPaymentSettings(needed).platformFee).toEqual({ basisPoints: 0, fixed: {} });
    const set = { PLATFORM_FEE: '250', PLATFORM_FEE_FIXED: 'EUR 25, JPY 30' };
    expect(readPaymentSettings({ ...needed, ...set }).platformFee).toEqual({
      basisPoints: 250,
      fixed: { EUR: 25, JPY: 30 },
    });
    for (const wrong of ['25', 'EUR', 'EUR 0.25', 'XXQ 1', 'EUR 25;JPY 30'])
      expect(() => readPaymentSettings({ ...needed, PLATFORM_FEE_FIXED: wrong })).toThrow(
        /PLATFORM_FEE_FIXED/,
      );
  });

  it('are refused with limits that are none', () => {
    expect(() => readPaymentSettings({ ...needed, FRAUD_LIMITS: '{"all":1}' })).toThrow(
      /FRAUD_LIMITS: there is no rule all/,
    );
  });

  it('take bank transfers where an account and its holder are set', () => {
    const account = { BANK_TRANSFER_IBAN: 'at61 1904 3002 3457 3201', BANK_TRANSFER_HOLDER: 'Saal GmbH' };
    expect(readPaymentSettings({ ...needed, ...account }).bankTransfer).toEqual({
      account: { holder: 'Saal GmbH', iban: 'AT611904300234573201', bic: undefined },
      currencies: ['EUR'],
      days: 7,
    });
    for (const name of Object.keys(account))
      expect(readPaymentSettings({ ...needed, ...account, [name]: undefined }).bankTransfer).toBeUndefined();
  });

  it('are refused with an account that can’t be one', () => {
    const wrong = {
      BANK_TRANSFER_IBAN: 'AT611904300234573202',
      BANK_TRANSFER_BIC: 'X',
      BANK_TRANSFER_CURRENCIES: 'EUR,XXQ',
    };
    expect(() => readPaymentSettings({ ...needed, ...wrong })).toThrow(
      /BANK_TRANSFER_IBAN: .*check digits.*; BANK_TRANSFER_BIC: .*BIC; BANK_TRANSFER_CURRENCIES: .*XXQ/,
    );
  });

  it.each([
    ['stripe', { STRIPE_SECRET_KEY: 'sk', STRIPE_WEBHOOK_SECRET: 'whsec' }],
    ['paypal', { PAYPAL_CLIENT_ID: 'id', PAYPAL_CLIENT_SECRET: 'secret', PAYPAL_WEBHOOK_ID: 'webhook' }],
  ] as const)('have %s where all of its keys are set, and not where one is missing', (name, keys) => {
    expect(readPaymentSettings({ ...needed, ...keys })[name]).toBeDefined();
    for (const key of Object.keys(keys))
      expect(readPaymentSettings({ ...needed, ...keys, [key]: '' })[name]).toBeUndefined();
  });

  it('have a table of gateways, and are refused with one that names none', () => {
    const rows = [{ currency: 'EUR', gateways: ['paypal', 'stripe'] }];
    expect(readPaymentSettings({ ...needed, GATEWAY_PREFERENCES: JSON.stringify(rows) }).preferences).toEqual(
      rows,
    );
    expect(() =>
      readPaymentSettings({ ...needed, GATEWAY_PREFERENCES: '[{"gateways":["strpie"]}]' }),
    ).toThrow(/GATEWAY_PREFERENCES: row 1: there is no gateway "strpie"/);
  });

  it('refuse a prefix that could not stand in an address', () => {
    expect(() => readPaymentSettings({ ...needed, INVOICE_PREFIX: 'A/' })).toThrow(
      /INVOICE_PREFIX: at most 20/,
    );
    expect(readPaymentSettings({ ...needed, INVOICE_PREFIX: '2028-' }).prefixes).toEqual({
      invoice: '2028-',
      creditNote: 'CN-',
    });
  });

  it('have the operator’s tax rates, given as they are or in a file, and refuse them with their faults', () => {
    const rows = [
      { country: 'US', region: 'IL', category: 'standard', name: 'Tax', percent: 9, from: '2024-01-01' },
    ];
    const folder = mkdtempSync(path.join(tmpdir(), 'tax-rates-'));
    const file = path.join(folder, 'rates.json');
    writeFileSync(file, JSON.stringify(rows));
    for (const TAX_RATES of [JSON.stringify(rows), file])
      expect(readPaymentSettings({ ...needed, TAX_RATES }).taxRates).toEqual(rows);
    rmSync(folder, { recursive: true });
    expect(() => readPaymentSettings({ ...needed, TAX_RATES: '[{}]' })).toThrow(/TAX_RATES: row 1: country/);
    expect(() => readPaymentSettings({ ...needed, TAX_RATES: file })).toThrow(/TAX_RATES: .*no such file/);
  });
});
