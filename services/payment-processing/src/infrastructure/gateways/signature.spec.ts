import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { after, before, instant, toMilliseconds, type Instant } from '@boxoffice/shared/kernel';
import type { WebhookFault } from '../../core/gateway';
import { signatureFault } from './signature';

const now = instant('2027-01-05T10:00:00Z');
const secret = 'whsec_shared-with-the-gateway';
const body = Buffer.from('{"id":"sn_1","concerns":"payment"}');

const seconds = (at: Instant): number => Math.floor(toMilliseconds(at) / 1000);
const mac = (key: string, at: Instant, over: Uint8Array): string =>
  createHmac('sha256', key)
    .update(`${seconds(at)}.`)
    .update(over)
    .digest('hex');
const signed = (key: string, at: Instant, over: Uint8Array): string =>
  `t=${seconds(at)},v1=${mac(key, at, over)}`;
const genuine = signed(secret, now, body);

describe('the signature of a webhook', () => {
  it.each<[string, string | undefined, Uint8Array, WebhookFault | undefined]>([
    ['genuine', genuine, body, undefined],
    [
      'genuine, five minutes on its way',
      signed(secret, before(now, { seconds: 300 }), body),
      body,
      undefined,
    ],
    [
      'genuine, from a clock five minutes ahead',
      signed(secret, after(now, { seconds: 300 }), body),
      body,
      undefined,
    ],
    [
      'genuine beside one of another secret',
      `${signed('other', now, body)},v1=${mac(secret, now, body)}`,
      body,
      undefined,
    ],
    ['genuine with spaces', genuine.replace(',', ', '), body, undefined],
    ['replayed after five minutes', signed(secret, before(now, { seconds: 301 }), body), body, 'too-old'],
    ['dated ahead', signed(secret, after(now, { seconds: 301 }), body), body, 'from-the-future'],
    [
      'with a newer time than it was signed with',
      genuine.replace(/t=\d+/, `t=${seconds(now) + 1}`),
      body,
      'forged',
    ],
    ['over another body', genuine, Buffer.from('{"id":"sn_2","concerns":"payment"}'), 'forged'],
    ['over a longer body', genuine, Buffer.concat([body, Buffer.from(' ')]), 'forged'],
    ['of another secret', signed('other', now, body), body, 'forged'],
    ['of no secret', signed('', now, body), body, 'forged'],
    [
      'old and of another secret: which is not told',
      signed('other', before(now, { hours: 1 }), body),
      body,
      'forged',
    ],
    ['cut short', genuine.slice(0, -2), body, 'forged'],
    ['in capitals', genuine.toUpperCase().replace('T=', 't=').replace('V1=', 'v1='), body, 'forged'],
    ['of another version alone', genuine.replace('v1=', 'v0='), body, 'unsigned'],
    ['without a time', `v1=${mac(secret, now, body)}`, body, 'unsigned'],
    ['with a time that is none', genuine.replace(/t=\d+/, 't=now'), body, 'unsigned'],
    ['empty', '', body, 'unsigned'],
    ['absent', undefined, body, 'unsigned'],
    ['endless', `${genuine},${'v1=0,'.repeat(1000)}`, body, 'unsigned'],
  ])('that is %s', (_, header, over, fault) => {
    expect(signatureFault(header, over, secret, now)).toBe(fault);
  });

  it('holds for no other spelling: each character of it, changed, is refused', () => {
    for (let at = genuine.indexOf('v1=') + 3; at < genuine.length; at++) {
      const other = genuine[at] === '0' ? '1' : '0';
      expect(signatureFault(genuine.slice(0, at) + other + genuine.slice(at + 1), body, secret, now)).toBe(
        'forged',
      );
    }
  });
});
