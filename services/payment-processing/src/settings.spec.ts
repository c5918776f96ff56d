import { describe, expect, it } from '@jest/globals';
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
});
