import type { Door, OwnRow, Told } from './door';
import { neverWas, type Scene } from './scene';

const refused = (fault: string): Told => ({ status: 400, code: 'webhook-refused', facts: { fault } });

const signedNotice = (what: string, body: string): OwnRow => ({
  what,
  change: ({ house }) => house.gateway.signed(body),
  told: refused('malformed'),
});
const untimely = (what: string, secondsAgo: number, fault: string): OwnRow => ({
  what,
  change: ({ house, heard }) => house.gateway.signed(heard.body, { secondsAgo }),
  told: refused(fault),
});
const badlySigned = (
  what: string,
  signature: (scene: Scene) => string | undefined,
  fault: string,
): OwnRow => ({
  what,
  change: (scene, { headers }) => ({ headers: { ...headers, 'sandbox-signature': signature(scene) } }),
  told: refused(fault),
});
const there = {
  reference: 'sp_1',
  clientReference: neverWas,
  amountMinor: 100,
  currency: 'EUR',
  checkoutUrl: 'http://x',
};

/** Anybody may knock; only the gateway is let in. */
export const webhookDoor: Door = {
  route: 'POST /payments/webhook/{gateway}',
  params: () => ({ gateway: 'sandbox' }),
  // The same news under another id: heard, though it tells nothing new.
  raw: ({ house, heard }) => house.gateway.signed(heard.body.replace('sn_heard_before', 'sn_not_heard_yet')),
  unknown: { gateway: 'gateway-not-found' },
  own: [
    badlySigned('a notice that nobody signed', () => undefined, 'unsigned'),
    badlySigned('a notice with a signature that is none', () => 'let me in', 'unsigned'),
    badlySigned('a notice with a signature without end', () => `t=1,v1=${'0'.repeat(1000)}`, 'unsigned'),
    badlySigned(
      'a notice that was signed as another',
      ({ house }) => house.gateway.signed('{}').headers['sandbox-signature'],
      'forged',
    ),
    badlySigned(
      'a notice whose signature is one character short',
      ({ house, heard }) => house.gateway.signed(heard.body).headers['sandbox-signature']?.slice(0, -1),
      'forged',
    ),
    {
      what: 'a notice that was signed with another secret',
      change: ({ house, heard }) => house.gateway.signed(heard.body, { secret: 'guessed' }),
      told: refused('forged'),
    },
    {
      what: 'a notice that was changed on its way',
      change: ({ house, heard }) => ({
        ...house.gateway.signed(heard.body),
        body: heard.body.replace('"refundedMinor":0', '"refundedMinor":1'),
      }),
      told: refused('forged'),
    },
    untimely('a notice of five minutes ago', 302, 'too-old'),
    untimely('a notice of last year', 366 * 86_400, 'too-old'),
    untimely('a notice of five minutes hence', -302, 'from-the-future'),
    signedNotice('a genuine notice of nothing', ''),
    signedNotice('a genuine notice that is not JSON', '{"id":'),
    signedNotice('a genuine notice that is an array', '[]'),
    signedNotice('a genuine notice without an id', JSON.stringify({ concerns: 'payment', payment: there })),
    signedNotice(
      'a genuine notice of a capture without its amount',
      JSON.stringify({
        id: 'sn_1',
        concerns: 'payment',
        payment: { ...there, status: 'captured', amountMinor: '100', capturedAt: '2027-01-01T00:00:00Z' },
      }),
    ),
    signedNotice(
      'a genuine notice of a state that nobody knows',
      JSON.stringify({ id: 'sn_2', concerns: 'payment', payment: { ...there, status: 'vanished' } }),
    ),
    {
      what: 'a genuine notice of a payment that never was',
      change: ({ house }) => house.gateway.notice('sn_3', { ...there, status: 'open' }),
      told: { status: 404, code: 'payment-not-found' },
    },
  ],
};
