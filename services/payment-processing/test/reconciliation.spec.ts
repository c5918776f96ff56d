import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { fromMilliseconds, toMilliseconds } from '@boxoffice/shared/kernel';
import { GatewaySilent } from '../src/core/gateway';
import { admin, openShop, organizer, type Shop } from './shop';

let shop: Shop;
beforeEach(async () => {
  shop = await openShop();
});
afterEach(() => shop.close());

const differences = async (query = ''): Promise<unknown> => {
  const { status, body } = await shop.call('GET', `/reconciliation?${query}`, undefined, admin);
  return status === 200 ? body['differences'] : body['code'];
};
const refunded = async (suffix: string) => {
  const bought = await shop.fulfilled(suffix);
  const body = { reason: 'goodwill', amountMinor: 500 };
  const answer = await shop.call('POST', `/payments/${bought.paymentId}/refund`, body, organizer);
  await shop.sweep();
  return { ...bought, refundId: String(answer.body['refundId']) };
};
const EUR = (amountMinor: number) => ({ amountMinor, currency: 'EUR' });

describe('reconciliation', () => {
  it('finds nothing where the books agree, over many days', async () => {
    for (let day = 0; day < 5; day++) {
      await refunded(`day-${day}`);
      await shop.pass(20 * 60);
    }
    const from = fromMilliseconds(toMilliseconds(shop.now()) - 6 * 86_400_000);
    expect(await differences(`from=${from}`)).toEqual([]);
    expect(await differences(`from=${from}&gateway=counter`)).toEqual([]);
  });

  it('is for the platform’s people, over gateways that there are, and 31 days', async () => {
    expect((await shop.call('GET', '/reconciliation', undefined, organizer)).status).toBe(403);
    expect(await differences('gateway=elsewhere')).toBe('gateway-not-found');
    expect(await differences('from=2026-01-01T00:00:00Z')).toBe('time-too-long');
  });

  it('does not take silence for a difference', async () => {
    await refunded('silent');
    shop.gateway.movements = async function* () {
      throw new GatewaySilent('no answer');
    };
    expect(await differences()).toBe('gateway-silent');
  });

  it('finds what the gateway has and we have not: money, and money that moved a second time', async () => {
    const { reference, paymentId } = await refunded('missing-here');
    const there = shop.gateway.payments.get(reference)!;
    shop.gateway.payments.set('strange', { ...there, paymentId: 'strange', reference: 'strange' });
    shop.gateway.payments.set('again', { ...there, reference: 'again' });
    expect(await differences()).toEqual([
      {
        gateway: 'counter',
        is: 'capture',
        what: 'missing-here',
        ourId: 'strange',
        reference: 'strange',
        there: EUR(9600),
      },
      {
        gateway: 'counter',
        is: 'capture',
        what: 'missing-here',
        ourId: paymentId,
        reference: 'again',
        there: EUR(9600),
      },
    ]);
  });

  it('finds what we have and the gateway has not', async () => {
    const { reference, paymentId, refundId } = await refunded('missing-there');
    shop.gateway.payments.delete(reference);
    shop.gateway.refunds.delete(refundId);
    expect(await differences()).toEqual([
      {
        gateway: 'counter',
        is: 'capture',
        what: 'missing-there',
        ourId: paymentId,
        reference,
        here: EUR(9600),
      },
      {
        gateway: 'counter',
        is: 'refund',
        what: 'missing-there',
        ourId: refundId,
        reference: `back-${refundId}`,
        here: EUR(500),
      },
    ]);
  });

  it('finds another amount, and another currency', async () => {
    const { reference, refundId } = await refunded('other');
    const payment = shop.gateway.payments.get(reference)!;
    const refund = shop.gateway.refunds.get(refundId)!;
    shop.gateway.payments.set(reference, { ...payment, amount: EUR(9601) });
    shop.gateway.refunds.set(refundId, { ...refund, amount: { amountMinor: 500, currency: 'USD' } });
    expect(await differences()).toMatchObject([
      { is: 'capture', what: 'other-amount', here: EUR(9600), there: EUR(9601) },
      { is: 'refund', what: 'other-currency', here: EUR(500), there: { amountMinor: 500, currency: 'USD' } },
    ]);
  });

  it('finds what was never entered in the ledger, and a refund that was paid by hand and by the gateway', async () => {
    const bought = await shop.fulfilled('both-ways');
    shop.gateway.refundsFail = true;
    const body = { reason: 'goodwill', amountMinor: 500 };
    const answer = await shop.call('POST', `/payments/${bought.paymentId}/refund`, body, organizer);
    await shop.sweep();
    const refundId = String(answer.body['refundId']);
    await shop.call('POST', `/refunds/${refundId}/settled-by-hand`, {}, admin);
    expect(await differences()).toEqual([]);
    const there = shop.gateway.refunds.get(refundId)!;
    shop.gateway.refunds.set(refundId, { ...there, outcome: { is: 'succeeded', refundedAt: shop.now() } });
    expect(await differences()).toMatchObject([{ is: 'refund', what: 'missing-here', ourId: refundId }]);
  });
});

describe('what waits', () => {
  it('is listed for the platform’s people, with what it waits for, whose turn is next first', async () => {
    const waiting = async (query = '') =>
      (await shop.call('GET', `/sagas/waiting?${query}`, undefined, admin)).body as {
        items: { kind: string; id: string; waitsFor: string; nextAskAt: string; asks: number }[];
        nextCursor?: string;
      };
    expect((await shop.call('GET', '/sagas/waiting', undefined, organizer)).status).toBe(403);
    await shop.order('placed');
    await shop.payment(await shop.order('opened'));
    await shop.paid('paid');
    const { paymentId } = await shop.fulfilled('failed');
    shop.gateway.refundsFail = true;
    await shop.call('POST', `/payments/${paymentId}/refund`, { reason: 'goodwill' }, organizer);
    await shop.sweep();
    const { items } = await waiting();
    expect(items.map(({ kind, waitsFor }) => [kind, waitsFor])).toEqual([
      ['payment', 'the gateway: what became of the payment'],
      ['order', 'the tickets, or that there are none'],
      ['order', 'the buyer’s money'],
      ['order', 'the buyer’s money'],
      ['refund', 'a person: the gateway will not give the money back'],
    ]);
    const seen: string[] = [];
    for (let cursor: string | undefined = ''; cursor !== undefined;) {
      const page = await waiting(`limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`);
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(items.map(({ id }) => id));
  });
});
