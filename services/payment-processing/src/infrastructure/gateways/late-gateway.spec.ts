import { describe, expect, it } from '@jest/globals';
import { instant } from '@boxoffice/shared/kernel';
import { quiet } from '../../../test/gateways/quiet';
import { SandboxGateway } from './sandbox';
import { oneAttempt } from '../../../test/gateways/contract';
import { openGateways } from './gateways';
import { LateGateway } from './late-gateway';
import { sandboxAbilities } from './sandbox-settings';

const settings = { url: 'https://sandbox.example', apiKey: 'key', webhookSecret: 'secret' };
const open = () => {
  const loaded: string[] = [];
  const gateway = new LateGateway('sandbox', sandboxAbilities, () => {
    loaded.push('sandbox');
    const answer = () => Promise.resolve({ status: 200, text: '{"items":[]}' });
    return Promise.resolve(new SandboxGateway(settings, oneAttempt(), answer));
  });
  return { gateway, loaded };
};
const now = instant('2026-05-01T00:00:00Z');

describe('a gateway that is loaded late', () => {
  it('says what it can do without being loaded', () => {
    const { gateway, loaded } = open();
    expect([gateway.name, gateway.abilities.capturesLater, loaded]).toEqual(['sandbox', true, []]);
  });

  it('is loaded once, by the first question', async () => {
    const { gateway, loaded } = open();
    const unsigned = { genuine: false, fault: 'unsigned' };
    const body = new Uint8Array();
    const asked = [1, 2].map(() => gateway.verifyWebhook(body, {}, now));
    expect(await Promise.all(asked)).toEqual([unsigned, unsigned]);
    for await (const movement of gateway.movements(now, now)) expect(movement).toBeUndefined();
    expect(loaded).toEqual(['sandbox']);
  });

  it('is loaded anew where that has failed once', async () => {
    let tries = 0;
    const gateway = new LateGateway('sandbox', sandboxAbilities, () => {
      if (++tries === 1) return Promise.reject(new Error('the file is not there'));
      return Promise.resolve(new SandboxGateway(settings, oneAttempt(), () => Promise.reject(new Error())));
    });
    const ask = () => gateway.verifyWebhook(new Uint8Array(), {}, now);
    await expect(ask()).rejects.toThrow('the file is not there');
    expect(await ask()).toEqual({ genuine: false, fault: 'unsigned' });
  });

  it('is there where it has keys, and only there', () => {
    expect(openGateways({ sandbox: settings }, quiet).names).toEqual(['sandbox']);
    expect(openGateways({ sandbox: undefined }, quiet).names).toEqual([]);
  });
});
