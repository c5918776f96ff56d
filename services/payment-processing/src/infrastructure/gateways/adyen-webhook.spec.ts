import { describe, expect, it } from '@jest/globals';
import { adyenSettings as settings, notification, signed } from '../../../test/gateways/adyen-double';
import { adyenVerdict } from './adyen-webhook';

const item = {
  pspReference: 'QFQTPCQ8HXSKGK82',
  merchantReference: '01jv0h5c9n3yq8t6w2b4d7f1ga',
  amount: { value: 9600, currency: 'EUR' },
  eventCode: 'AUTHORISATION',
  success: 'true',
} as const;
const refund = {
  ...item,
  pspReference: 'LQWDDLKTSV2GGS82',
  originalReference: 'QFQTPCQ8HXSKGK82',
  merchantReference: '01jv0h5c9n3yq8t6w2b4d7f1gb',
  eventCode: 'REFUND',
};
const hear = (whole: object) => adyenVerdict(notification(whole), settings);

describe('a notification of Adyen', () => {
  it('is believed with the signature of the package and of the public example alike', async () => {
    // https://docs.adyen.com/development-resources/webhooks/secure-webhooks/verify-hmac-signatures: the key and the item of the package's own test
    const example = {
      pspReference: '7914073381342284',
      merchantReference: 'TestPayment-1407325143704',
      merchantAccountCode: 'TestMerchant',
      amount: { value: 1130, currency: 'EUR' },
      eventCode: 'AUTHORISATION',
      success: 'true',
      eventDate: '2019-05-06T17:15:34.121+02:00',
      additionalData: { hmacSignature: 'coqCmt/IZ4E3CzPvMY8zTjQVL5hYJUiBRg8UU+iCWo0=' },
    };
    const verdict = await adyenVerdict(notification(example), {
      hmacKey: '44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056',
      merchantAccount: 'TestMerchant',
    });
    expect(verdict.genuine).toBe(true);
  });

  it.each(Object.keys(signed(refund)).filter((member) => !['eventDate', 'additionalData'].includes(member)))(
    'is not believed with another %s',
    async (member) => {
      const whole: Record<string, unknown> = signed(refund);
      const other = member === 'amount' ? { value: 9601, currency: 'EUR' } : `${String(whole[member])}1`;
      expect(await hear({ ...whole, [member]: other })).toEqual({ genuine: false, fault: 'forged' });
    },
  );

  it('is not believed with the key of somebody else', async () => {
    expect(await hear(signed(item, 'ab'.repeat(32)))).toEqual({ genuine: false, fault: 'forged' });
  });

  it.each([{}, { hmacSignature: '' }, { hmacSignature: 7 }])(
    'is not believed unsigned: %j',
    async (additionalData) => {
      expect(await hear({ ...signed(item), additionalData })).toEqual({ genuine: false, fault: 'unsigned' });
    },
  );

  it.each([{ hmacSignature: 'short' }, { hmacSignature: 'A'.repeat(44) }])(
    'is not believed with anything for a signature: %j',
    async (additionalData) => {
      expect(await hear({ ...signed(item), additionalData })).toEqual({ genuine: false, fault: 'forged' });
    },
  );

  it.each(['{', '[]', '{}', '{"notificationItems":[]}', '{"notificationItems":[{}]}'])(
    'is malformed: %s',
    async (body) => {
      expect(await adyenVerdict(Buffer.from(body), settings)).toEqual({ genuine: false, fault: 'malformed' });
    },
  );

  it('is malformed where two come at once', async () => {
    const two = {
      live: 'false',
      notificationItems: [0, 1].map(() => ({ NotificationRequestItem: signed(item) })),
    };
    expect(await adyenVerdict(Buffer.from(JSON.stringify(two)), settings)).toMatchObject({
      fault: 'malformed',
    });
  });

  it('of another merchant account of the same company is nothing of ours', async () => {
    const verdict = await hear(signed(item, settings.hmacKey, 'SomebodyElseECOM'));
    expect(verdict).toMatchObject({ genuine: true, notice: { concerns: 'nothing-of-ours' } });
  });
});
