import { describe, expect, it } from '@jest/globals';
import { razorpaySettings, signRazorpay } from '../../../test/gateways/razorpay-double';
import { UnreadableAnswer } from './answer';
import { eventFrom, razorpayFault } from './razorpay-webhook';

const { webhookSecret } = razorpaySettings;
const body = Buffer.from('{"entity":"event","event":"payment_link.paid"}');

describe('the signature of Razorpay', () => {
  it.each<[string, string | undefined, Uint8Array, 'unsigned' | 'forged' | undefined]>([
    ['genuine', signRazorpay(body), body, undefined],
    [
      'over another body',
      signRazorpay(body),
      Buffer.from('{"entity":"event","event":"payment_link.paie"}'),
      'forged',
    ],
    ['over a longer body', signRazorpay(body), Buffer.concat([body, Buffer.from(' ')]), 'forged'],
    ['with the secret of somebody else', signRazorpay(body, 'other'), body, 'forged'],
    ['with the key of the API', signRazorpay(body, razorpaySettings.keySecret), body, 'forged'],
    ['in capitals', signRazorpay(body).toUpperCase(), body, 'forged'],
    ['cut short', signRazorpay(body).slice(0, -1), body, 'forged'],
    ['empty', '', body, 'unsigned'],
    ['absent', undefined, body, 'unsigned'],
  ])('that is %s', (_, header, over, fault) => {
    expect(razorpayFault(header, over, webhookSecret)).toBe(fault);
  });

  it('is that of the package', async () => {
    const { default: Razorpay } = await import('razorpay');
    expect(Razorpay.validateWebhookSignature(body.toString(), signRazorpay(body), webhookSecret)).toBe(true);
  });
});

describe('an event of Razorpay', () => {
  const event = (type: string, payload: unknown) => Buffer.from(JSON.stringify({ event: type, payload }));

  it.each<[string, object, object | undefined]>([
    ['payment_link.paid', { payment_link: { entity: { id: 'plink_1' } } }, { link: 'plink_1' }],
    ['payment_link.cancelled', { payment_link: { entity: { id: 'plink_1' } } }, { link: 'plink_1' }],
    ['payment_link.partially_paid', {}, undefined],
    ['refund.processed', { refund: { entity: { id: 'rfnd_1' } } }, { refund: 'rfnd_1' }],
    ['refund.speed_changed', {}, undefined],
    ['payment.dispute.won', { dispute: { entity: { id: 'disp_1' } } }, { dispute: 'disp_1' }],
    ['payment.captured', {}, undefined],
  ])('%s %j is about %j', (type, payload, about) => {
    expect(eventFrom(event(type, payload)).about).toEqual(about);
  });

  it('is the same for one body, and another for another', () => {
    const [one, two] = [event('payment.captured', {}), event('payment.failed', {})];
    expect(eventFrom(one).id).toBe(eventFrom(one).id);
    expect(eventFrom(one).id).not.toBe(eventFrom(two).id);
  });

  it.each([
    Buffer.from('[]'),
    Buffer.from('{}'),
    event('refund.failed', {}),
    event('refund.failed', undefined),
  ])('is unreadable where something is missing: %s', (rawBody) => {
    expect(() => eventFrom(rawBody)).toThrow(UnreadableAnswer);
  });
});
