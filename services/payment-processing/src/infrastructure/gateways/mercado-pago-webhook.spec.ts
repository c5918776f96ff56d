import { describe, expect, it } from '@jest/globals';
import { instant } from '@boxoffice/shared/kernel';
import { mercadoPagoSettings, signMercadoPago } from '../../../test/gateways/mercado-pago-double';
import { UnreadableAnswer } from './answer';
import { readNotice } from './mercado-pago-webhook';

const now = instant('2027-01-05T10:00:00Z');
const seconds = Date.parse(now) / 1000;
const secret = mercadoPagoSettings.webhookSecret;
const body = (dataId: unknown, type = 'payment') =>
  Buffer.from(JSON.stringify({ id: 1, type, data: { id: dataId } }));
const hear = (
  signature: string | undefined,
  rawBody: Uint8Array = body('123'),
  requestId: string | undefined = 'r',
) => readNotice(rawBody, { 'x-signature': signature, 'x-request-id': requestId }, secret, now);
const signed = (at: number | string = seconds, dataId = '123', requestId = 'r', key = secret) =>
  signMercadoPago(dataId, requestId, String(at), key);

describe('a notice of Mercado Pago', () => {
  it.each<[string, string]>([
    ['in seconds', signed()],
    ['in milliseconds', signed(seconds * 1000)],
    ['with spaces', signed().replace(',', ', ')],
    ['five minutes on its way', signed(seconds - 300)],
    ['from a clock five minutes ahead', signed((seconds + 300) * 1000)],
  ])('is believed with its signature, %s', async (_, signature) => {
    expect(await hear(signature)).toMatchObject({ payment: '123' });
  });

  it.each<[string, string | undefined, Uint8Array, string, string]>([
    ['about another payment', signed(), body('124'), 'r', 'forged'],
    ['with the id of another request', signed(), body('123'), 'q', 'forged'],
    ['without the id of the request', signed(), body('123'), '', 'forged'],
    ['with the secret of somebody else', signed(seconds, '123', 'r', 'other'), body('123'), 'r', 'forged'],
    [
      'with a newer time than it was signed with',
      signed().replace(/ts=\d+/, `ts=${seconds + 1}`),
      body('123'),
      'r',
      'forged',
    ],
    ['cut short', signed().slice(0, -1), body('123'), 'r', 'forged'],
    ['replayed after five minutes', signed(seconds - 301), body('123'), 'r', 'too-old'],
    [
      'replayed after five minutes, in milliseconds',
      signed((seconds - 301) * 1000),
      body('123'),
      'r',
      'too-old',
    ],
    ['dated ahead', signed(seconds + 301), body('123'), 'r', 'from-the-future'],
    ['without a time', signed().replace(/ts=\d+,/, ''), body('123'), 'r', 'unsigned'],
    ['of another version alone', signed().replace('v1=', 'v2='), body('123'), 'r', 'unsigned'],
    ['with something else for a signature', 'yes', body('123'), 'r', 'unsigned'],
    ['unsigned', undefined, body('123'), 'r', 'unsigned'],
  ])('is not believed %s', async (_, signature, rawBody, requestId, fault) => {
    expect(await hear(signature, rawBody, requestId)).toEqual({ fault });
  });

  it('of something else is believed, and about no payment', async () => {
    expect(await hear(signed(), body('123', 'merchant_order'))).toMatchObject({ payment: undefined });
    expect(await hear(signed(seconds, 'abc-1'), body('ABC-1'))).toMatchObject({ payment: undefined });
  });

  it('has one id as long as it says the same, whatever stands in its body unsigned', async () => {
    const idOf = async (...given: Parameters<typeof hear>) => ((await hear(...given)) as { id: string }).id;
    const other = Buffer.from(JSON.stringify({ id: 2, type: 'payment', data: { id: '123' } }));
    expect(await idOf(signed(), other)).toBe(await idOf(signed()));
    expect(await idOf(signed(seconds + 1))).not.toBe(await idOf(signed()));
  });

  it.each([Buffer.from('[]'), Buffer.from('{}'), body({}), body('a b')])(
    'is unreadable: %s',
    async (rawBody) => {
      await expect(hear(signed(), rawBody)).rejects.toBeInstanceOf(UnreadableAnswer);
    },
  );
});
