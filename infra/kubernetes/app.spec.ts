import { describe, expect, it } from '@jest/globals';
import { services } from '@boxoffice/shared/contracts';
import { SettingsIncomplete } from '@boxoffice/shared/kernel';
import { appOf, isSecret } from './app';
import { manifestsOf } from './manifests';
import type { Environment } from '../composed/compose-from';
import { complete } from './test/environment';
import { composeFrom } from '../composed/compose-from';

const complaints = (environment: Environment, mesh = false): readonly string[] => {
  try {
    manifestsOf(environment, { mesh });
    return [];
  } catch (error) {
    if (!(error instanceof SettingsIncomplete)) throw error;
    return error.message.split('\n');
  }
};

/** All that any reader can ask for: of an environment that has nothing, and of one that has everything. */
function askable(): readonly string[] {
  const asked = new Set<string>();
  for (const value of [undefined, '0'.repeat(64)])
    for (const name of services) {
      const environment = new Proxy<Environment>(value === undefined ? {} : { ADYEN_TIME_ZONE: 'UTC' }, {
        get(target, key: string) {
          asked.add(key);
          return target[key] ?? value;
        },
      });
      try {
        composeFrom(name, environment);
      } catch (error) {
        if (!(error instanceof SettingsIncomplete)) throw error;
      }
    }
  return [...asked].sort();
}

describe('the settings of a service', () => {
  it('are all named that are missing, each once, and nothing comes of it', () => {
    const missing = complaints({});
    expect(missing).toEqual([...new Set(missing)]);
    for (const name of ['IMAGE_TAG', 'OIDC_ISSUER', 'AZURE_SQL_SERVER', 'COSMOS_ENDPOINT', 'MAIL_SENDER'])
      expect(missing).toContain(`${name} is not set`);
    expect(missing).toContain('API_MANAGEMENT_SUBNET is not set');
    expect(complaints({}, true)).toContain('API_HOST is not set');
  });

  it.each([
    ['IMAGE_TAG', 'latest'],
    ['SERVICE_NOTIFICATION_AzureWebJobsStorage__blobServiceUri', 'http://blobs.example/'],
    ['SERVICE_NOTIFICATION_IDENTITY_CLIENT_ID', 'notification'],
    ['API_MANAGEMENT_SUBNET', 'everyone'],
    ['SCALER_CLIENT_ID', 'scaler'],
  ])('are refused where %s is %s', (name, value) => {
    expect(complaints({ ...complete, [name]: value })).toEqual([
      expect.stringContaining(`${name}: ${value}`),
    ]);
  });

  it('are those that it reads, and no others of the environment', () => {
    const { settings } = appOf('notification', complete);
    expect(settings).toMatchObject({ MAIL_SENDER: complete['MAIL_SENDER'], SELLER_NAME: 'Saal an der Wien' });
    expect(Object.keys(settings)).not.toContain('AZURE_SQL_SERVER');
    expect(Object.keys(settings)).not.toContain('AZURE_RESOURCE_GROUP');
  });

  it('are not taken where a secret stands among them in the open', () => {
    expect(complaints({ ...complete, RAZORPAY_KEY_SECRET: 'not to be read here' })).toEqual([
      'RAZORPAY_KEY_SECRET is a secret: keep it in Key Vault, and say @Microsoft.KeyVault(VaultName=…;SecretName=razorpay-key-secret) here',
    ]);
    expect(complaints({ ...complete, COSMOS_KEY: 'for emulators' })).toHaveLength(1);
  });

  it.each([
    ['RAZORPAY_KEY_SECRET', '@Microsoft.KeyVault(SecretUri=https://kv.example/secrets/a)', 'is a secret'],
    ['SELLER_NAME', '@Microsoft.KeyVault(SecretUri=https://kv.example/secrets/a)', 'is a secret'],
    ['RAZORPAY_KEY_SECRET', '@Microsoft.KeyVault(VaultName=kv-other;SecretName=a)', 'from one vault'],
  ])('are not taken where %s is %s', (name, value, fault) => {
    expect(complaints({ ...complete, [`SERVICE_PAYMENT_PROCESSING_${name}`]: value })).toEqual([
      expect.stringContaining(fault),
    ]);
  });

  it('are complained of where a key fits no other', () => {
    const adyen = ['API_KEY', 'MERCHANT_ACCOUNT', 'HMAC_KEY', 'REPORT_KEY'].map((name) => [
      `ADYEN_${name}`,
      name === 'MERCHANT_ACCOUNT' ? 'Saal' : '@Microsoft.KeyVault(VaultName=kv-payments-test;SecretName=a)',
    ]);
    const environment = { ...complete, ...Object.fromEntries(adyen) } as Environment;
    expect(complaints(environment)).toEqual([]);
    expect(complaints({ ...environment, ADYEN_TIME_ZONE: 'here' })).toEqual([
      expect.stringContaining('ADYEN_TIME_ZONE is no time zone: here'),
    ]);
  });

  it('are a service’s own before they are everybody’s', () => {
    const environment = { ...complete, SELLER_NAME: 'Everybody' };
    expect(appOf('notification', environment).settings['SELLER_NAME']).toBe('Saal an der Wien');
    expect(appOf('payment-processing', environment).settings['SELLER_NAME']).toBe('Everybody');
  });

  it('are secrets where their names say so: these, until a reader asks for another', () => {
    const asked = askable();
    expect(asked.filter(isSecret)).toEqual([
      ...['ADYEN_API_KEY', 'ADYEN_HMAC_KEY', 'ADYEN_REPORT_KEY'],
      ...['AZURE_SQL_CONNECTION_STRING', 'COMMUNICATION_CONNECTION_STRING', 'COSMOS_KEY', 'FRAUD_HASH_KEY'],
      ...['MERCADO_PAGO_ACCESS_TOKEN', 'MERCADO_PAGO_WEBHOOK_SECRET', 'PAYPAL_CLIENT_SECRET'],
      ...['RAZORPAY_KEY_ID', 'RAZORPAY_KEY_SECRET', 'RAZORPAY_WEBHOOK_SECRET'],
      ...['SANDBOX_API_KEY', 'SANDBOX_WEBHOOK_SECRET', 'SERVICE_BUS_CONNECTION_STRING'],
      ...['SQUARE_ACCESS_TOKEN', 'SQUARE_WEBHOOK_KEY', 'STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET'],
    ]);
    const suspicious = asked.filter(
      (name) => !isSecret(name) && /SECRET|KEY|TOKEN|PASS|CONNECTION/.test(name),
    );
    expect(suspicious).toEqual([
      'APPLE_PASS_TYPE_ID',
      'APPLICATIONINSIGHTS_CONNECTION_STRING',
      'KEY_VAULT_URL',
    ]);
  });
});
