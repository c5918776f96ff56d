import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { paymentCaptured } from '@boxoffice/shared/contracts';
import { after, before } from '@boxoffice/shared/kernel';
import type { GatewayMovement } from '../src/core/gateway';
import { asCaptured, event, issue, kiosk, openShop, refuse, type Shop } from './shop';

let shop: Shop;
const account = { holder: 'Saal an der Wien GmbH', iban: 'AT611904300234573201', bic: undefined };
beforeEach(async () => {
  shop = await openShop({ settings: { bankTransfer: { account, currencies: ['EUR'], days: 7 } } });
});
afterEach(() => shop.close());

interface Awaited {
  readonly orderId: string;
  readonly paymentId: string;
  readonly reference: string;
}
async function awaited(name: string): Promise<Awaited> {
  const orderId = await shop.order(name);
  const { body } = await shop.call('POST', '/payments', { orderId, gateway: 'bank-transfer' });
  const paymentId = String(body['paymentId']);
  const told = await shop.call('GET', `/payments/${paymentId}/transfer-instructions`);
  return { orderId, paymentId, reference: String(told.body['reference']) };
}
const credit = (bankId: string, remittance: string, amountMinor = 9600, more: object = {}) => ({
  bankId,
  amountMinor,
  currency: 'EUR',
  remittance,
  bookedAt: shop.now(),
  payerName: 'Ada Example',
  payerIban: 'DE89370400440532013000',
  ...more,
});
async function statement(...credits: readonly object[]): Promise<unknown[]> {
  const { status, body } = await shop.call('POST', '/bank-statements', { credits }, 'admin');
  expect(status).toBe(200);
  return (body['credits'] as { result: string }[]).map(({ result }) => result);
}
const list = async (path: string) =>
  (await shop.call('GET', path, undefined, 'admin')).body['items'] as Record<string, unknown>[];
const unmatched = () => list('/bank-statements/unmatched');
const due = () => list('/bank-transfers/due');
const assign = (creditId: unknown, paymentId: string) =>
  shop.call('POST', `/bank-statements/unmatched/${String(creditId)}/assign`, { paymentId }, 'admin');
const giveBack = (creditId: unknown) =>
  shop.call('POST', `/bank-statements/unmatched/${String(creditId)}/return`, {}, 'admin');
const done = (outgoingId: unknown) =>
  shop.call('POST', `/bank-transfers/${String(outgoingId)}/done`, {}, 'admin');
const paymentState = async (paymentId: string) =>
  (await shop.call('GET', `/payments/${paymentId}`)).body['state'];
const capturedOf = async (orderId: string) =>
  (await shop.spoken(paymentCaptured)).map(asCaptured).filter((fact) => fact.orderId === orderId);
const days = async (count: number) => {
  for (let day = 0; day < count; day++) {
    await shop.pass(24 * 60);
    await shop.sweep();
  }
};

describe('a payment by bank transfer', () => {
  it('tells where to send what, and until when', async () => {
    const { paymentId, orderId, reference } = await awaited('told');
    expect(reference).toMatch(/^RF\d\d( [0-9A-Z]{4}){3}$/);
    const told = await shop.call('GET', `/payments/${paymentId}/transfer-instructions`);
    expect(told.body).toEqual({
      paymentId,
      orderId,
      state: 'open',
      amount: { amountMinor: 9600, currency: 'EUR' },
      account: { holder: 'Saal an der Wien GmbH', iban: 'AT61 1904 3002 3457 3201' },
      reference,
      payBy: after(shop.now(), { days: 7 }),
      qrCode: `BCD\n002\n1\nSCT\n\nSaal an der Wien GmbH\nAT611904300234573201\nEUR96.00\n\n${reference.replaceAll(' ', '')}`,
    });
  });

  it('tells nobody else, and nothing of payments at other gateways', async () => {
    const { paymentId } = await awaited('mine');
    const path = (id: string) => `/payments/${id}/transfer-instructions`;
    expect((await shop.call('GET', path(paymentId), undefined, 'bob')).body['code']).toBe(
      'payment-not-found',
    );
    const card = await shop.payment(await shop.order('card'));
    expect((await shop.call('GET', path(card.paymentId))).body['code']).toBe('transfer-not-found');
  });

  it('waits for its own deadline, not for the end of the hold', async () => {
    const { orderId, paymentId } = await awaited('patient');
    await days(6);
    expect([await shop.state(orderId), await paymentState(paymentId)]).toEqual(['placed', 'processing']);
    await days(2);
    expect([await shop.state(orderId), await paymentState(paymentId)]).toEqual(['expired', 'abandoned']);
  });

  it('is captured by exactly its amount under its reference, and ends in tickets if any remain', async () => {
    const { orderId, paymentId, reference } = await awaited('exact');
    await days(2);
    expect(await statement(credit('b1', `Tickets! ${reference.toLowerCase()} Ada`))).toEqual(['matched']);
    expect([await shop.state(orderId), await paymentState(paymentId)]).toEqual(['paid', 'captured']);
    const [fact] = await capturedOf(orderId);
    await shop.hear(issue('issue-exact', fact!, shop.now()));
    expect(await shop.state(orderId)).toBe('fulfilled');
    expect((await shop.ledger())['gateway:bank-transfer']).toBe(9600);
    expect((await shop.ledger())['all']).toBe(0);
  });

  it('that comes after the deadline is taken in late', async () => {
    const { orderId, reference } = await awaited('late');
    await days(9);
    expect(await shop.state(orderId)).toBe('expired');
    expect(await statement(credit('b1', reference))).toEqual(['matched']);
    expect(await shop.state(orderId)).toBe('paid');
  });

  it('is not to be had in a currency that the account is not in', async () => {
    const { body } = await shop.call('POST', '/orders', { holdToken: shop.token('yen', { [kiosk]: 1 }) });
    const paid = await shop.call('POST', '/payments', { orderId: body['orderId'], gateway: 'bank-transfer' });
    expect([paid.status, paid.body['code']]).toEqual([422, 'gateway-not-available']);
  });

  it('is not awaited beyond the beginning of the event', async () => {
    const { paymentId } = await awaited('first');
    const told = await shop.call('GET', `/payments/${paymentId}/transfer-instructions`);
    expect(String(told.body['payBy']) <= event.startsAt).toBe(true);
  });
});

describe('a statement', () => {
  it('is for administrators alone', async () => {
    const body = { credits: [credit('b1', 'x')] };
    expect((await shop.call('POST', '/bank-statements', body)).status).toBe(403);
    for (const path of ['/bank-statements/unmatched', '/bank-transfers/due'])
      expect((await shop.call('GET', path)).status).toBe(403);
  });

  it('that comes twice, or ten times at once, counts once', async () => {
    const { orderId, reference } = await awaited('twice');
    const entries = [credit('b1', reference), credit('b2', 'no reference', 100)];
    const all = await Promise.all(Array.from({ length: 10 }, () => statement(...entries)));
    expect(all.filter(([first]) => first === 'matched')).toHaveLength(1);
    expect(all.filter(([first]) => first === 'known')).toHaveLength(9);
    expect(await statement(...entries)).toEqual(['known', 'known']);
    expect(await unmatched()).toHaveLength(1);
    expect(await capturedOf(orderId)).toHaveLength(1);
    expect((await shop.ledger())['gateway:bank-transfer']).toBe(9600);
  });

  it('with a known entry over another amount changes nothing, and says so', async () => {
    const { paymentId, reference } = await awaited('contradiction');
    await statement(credit('b1', 'unknown', 5));
    expect(await statement(credit('b1', reference))).toEqual(['contradicts']);
    expect(await paymentState(paymentId)).toBe('processing');
  });

  it.each([
    ['too little', 9599, 'too-little'],
    ['too much', 9601, 'too-much'],
  ])('with %s leaves it to a person', async (_, amountMinor, why) => {
    const { paymentId, reference } = await awaited('inexact');
    expect(await statement(credit('b1', reference, amountMinor))).toEqual(['unmatched']);
    expect(await unmatched()).toMatchObject([{ bankId: 'b1', why, payerName: 'Ada Example' }]);
    expect(await paymentState(paymentId)).toBe('processing');
  });

  it('with money in another currency, under no reference, two, or one that is paid, leaves it to a person', async () => {
    const [one, two] = [await awaited('one'), await awaited('two')];
    await statement(credit('paid', one.reference));
    await statement(
      credit('yen', two.reference, 9600, { currency: 'JPY' }),
      credit('none', 'RF00 0000 0000 0000'),
      credit('both', `${one.reference} ${two.reference}`),
      credit('again', one.reference),
    );
    expect((await unmatched()).map(({ bankId, why }) => [bankId, why])).toEqual([
      ['yen', 'other-currency'],
      ['none', 'unknown-reference'],
      ['both', 'unknown-reference'],
      ['again', 'paid-twice'],
    ]);
    expect(await paymentState(two.paymentId)).toBe('processing');
  });
});

describe('a credit of which nobody knew', () => {
  it('captures the payment that it is assigned to, once', async () => {
    const { orderId, paymentId } = await awaited('assigned');
    await statement(credit('b1', 'for the concert'));
    const [one] = await unmatched();
    const answers = await Promise.all([1, 2, 3].map(() => assign(one!['creditId'], paymentId)));
    for (const { body } of answers) expect(body).toMatchObject({ state: 'matched', paymentId });
    expect(await unmatched()).toEqual([]);
    expect(await capturedOf(orderId)).toHaveLength(1);
    const other = await awaited('other');
    expect((await assign(one!['creditId'], other.paymentId)).body['code']).toBe('credit-settled');
    expect((await giveBack(one!['creditId'])).body['code']).toBe('credit-settled');
  });

  it('is collected with the others until all is there, whatever comes at once', async () => {
    const { orderId, paymentId, reference } = await awaited('parts');
    await statement(credit('p1', reference, 3000), credit('p2', 'x', 3600), credit('p3', 'y', 3000));
    const parts = await unmatched();
    await Promise.all(parts.map(({ creditId }) => assign(creditId, paymentId)));
    expect(await paymentState(paymentId)).toBe('captured');
    expect(await capturedOf(orderId)).toHaveLength(1);
    expect(await due()).toEqual([]);
    expect((await shop.ledger())['gateway:bank-transfer']).toBe(9600);
  });

  it('is matched by itself where it is just what was missing', async () => {
    const { paymentId, reference } = await awaited('rest');
    await statement(credit('p1', reference, 9000));
    await assign((await unmatched())[0]!['creditId'], paymentId);
    expect(await statement(credit('p2', reference, 600))).toEqual(['matched']);
    expect(await paymentState(paymentId)).toBe('captured');
  });

  it('that was collected in vain is listed again once the payment is given up', async () => {
    const { paymentId, reference } = await awaited('in-vain');
    await statement(credit('p1', reference, 9000));
    await assign((await unmatched())[0]!['creditId'], paymentId);
    expect(await unmatched()).toEqual([]);
    await days(9);
    const [back] = await unmatched();
    expect(back).toMatchObject({ bankId: 'p1', why: 'too-late', state: 'unmatched' });
    expect((await assign(back!['creditId'], paymentId)).body).toMatchObject({ status: 409, why: 'too-late' });
    expect((await giveBack(back!['creditId'])).body).toMatchObject({ state: 'returned' });
    expect(await due()).toMatchObject([
      {
        what: 'return',
        amount: { amountMinor: 9000 },
        payerIban: 'DE89370400440532013000',
        remittance: reference,
      },
    ]);
  });

  it('of too much pays, and the rest is listed to be sent back', async () => {
    const { paymentId, reference } = await awaited('surplus');
    await statement(credit('b1', reference, 10_000));
    const [one] = await unmatched();
    await assign(one!['creditId'], paymentId);
    expect(await paymentState(paymentId)).toBe('captured');
    const [rest] = await due();
    expect(rest).toMatchObject({ what: 'surplus', amount: { amountMinor: 400 }, paymentId });
    expect((await done(rest!['outgoingId'])).body).toMatchObject({ state: 'done' });
    expect(await due()).toEqual([]);
    expect((await shop.ledger())['all']).toBe(0);
  });

  it('can’t be assigned to what is paid, nor to what never was', async () => {
    const { paymentId, reference } = await awaited('wrong');
    await statement(credit('b1', reference), credit('b2', 'twice'));
    const [one] = await unmatched();
    expect((await assign(one!['creditId'], paymentId)).body).toMatchObject({
      status: 409,
      why: 'paid-twice',
    });
    const card = await shop.payment(await shop.order('card'));
    expect((await assign(one!['creditId'], card.paymentId)).body['code']).toBe('transfer-not-found');
    expect((await giveBack(paymentId)).body['code']).toBe('credit-not-found');
    expect(await unmatched()).toHaveLength(1);
  });
});

describe('a refund of a bank transfer', () => {
  async function refunded(name: string): Promise<Awaited> {
    const payment = await awaited(name);
    await days(1);
    await statement(credit(`in-${name}`, payment.reference));
    const [fact] = await capturedOf(payment.orderId);
    await shop.hear(refuse(`refuse-${name}`, fact!, shop.now()));
    await shop.sweep();
    return payment;
  }

  it('waits until a person has sent the money, and is then done once', async () => {
    const { orderId, paymentId } = await refunded('back');
    await days(3);
    expect(await shop.state(orderId)).toBe('refunding');
    const [transfer] = await due();
    expect(transfer).toMatchObject({ what: 'refund', paymentId, payerIban: 'DE89370400440532013000' });
    const answers = await Promise.all([1, 2, 3].map(() => done(transfer!['outgoingId'])));
    for (const { body } of answers) expect(body).toEqual(answers[0]!.body);
    expect(await shop.state(orderId)).toBe('refunded');
    expect(await due()).toEqual([]);
    expect(await shop.ledger()).toMatchObject({ all: 0, 'gateway:bank-transfer': 0 });
  });

  it('is found out by the sweeper where a crash left it unsaid', async () => {
    const { orderId } = await refunded('crash');
    const [transfer] = await due();
    await shop.database.transaction((tx) =>
      tx
        .updateTable('outgoingTransfers')
        .set({ state: 'done', doneAt: shop.now() })
        .where('outgoingId', '=', String(transfer!['outgoingId']))
        .execute(),
    );
    await days(1);
    expect(await shop.state(orderId)).toBe('refunded');
  });

  it('and its capture stand in the books of the gateway', async () => {
    const { paymentId, reference } = await refunded('movements');
    const [transfer] = await due();
    await done(transfer!['outgoingId']);
    const gateway = shop.gateways.named('bank-transfer')!;
    const moved: GatewayMovement[] = [];
    const until = after(shop.now(), { minutes: 1 });
    for await (const movement of gateway.movements(before(shop.now(), { days: 2 }), until))
      moved.push(movement);
    expect(moved).toMatchObject([
      {
        is: 'capture',
        ourId: paymentId,
        reference: reference.replaceAll(' ', ''),
        amount: { amountMinor: 9600 },
      },
      { is: 'refund', ourId: transfer!['outgoingId'], amount: { amountMinor: 9600 } },
    ]);
    const none = after(shop.now(), { days: 9 });
    for await (const movement of gateway.movements(until, none)) throw new Error(JSON.stringify(movement));
  });

  it('is never above what came in, of ten at once', async () => {
    const { reference } = await refunded('once'); // all of it is due already
    const gateway = shop.gateways.named('bank-transfer')!;
    const more = Array.from({ length: 10 }, (_, i) =>
      gateway.refund({
        refundId: `01jv0h5c9n3yq8t6w2b4d7f1g${i}`,
        paymentReference: reference.replaceAll(' ', ''),
        amount: { amountMinor: 1, currency: 'EUR' },
      }),
    );
    expect((await Promise.allSettled(more)).map(({ status }) => status)).toEqual(more.map(() => 'rejected'));
    expect(await due()).toHaveLength(1);
  });
});

describe('the gateway of bank transfers', () => {
  it('counts refunds that come at once', async () => {
    const { reference } = await awaited('parallel');
    await statement(credit('b1', reference));
    const gateway = shop.gateways.named('bank-transfer')!;
    const ask = async (i: number): Promise<string> => {
      for (;;)
        try {
          const refundId = `01jv0h5c9n3yq8t6w2b4d7f1${String(10 + i)}`;
          const amount = { amountMinor: 1000, currency: 'EUR' };
          return (await gateway.refund({ refundId, paymentReference: reference.replaceAll(' ', ''), amount }))
            .outcome.is;
        } catch (error) {
          if ((error as Error).name !== 'GatewaySilent') return (error as Error).name;
        }
    };
    const outcomes = await Promise.all(Array.from({ length: 20 }, (_, i) => ask(i)));
    expect(outcomes.filter((is) => is === 'pending')).toHaveLength(9);
    expect(outcomes.filter((is) => is === 'GatewayRefused')).toHaveLength(11);
  });

  it('is absent where there is no account', async () => {
    await shop.close();
    shop = await openShop();
    expect(shop.gateways.names).toEqual(['counter']);
    const orderId = await shop.order('nowhere');
    const answer = await shop.call('POST', '/payments', { orderId, gateway: 'bank-transfer' });
    expect(answer.body).toMatchObject({ status: 422, code: 'gateway-not-available' });
  });
});
