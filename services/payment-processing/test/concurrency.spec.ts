import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { admin, eventId, openShop, organizer, type Shop } from './shop';
import { embeddedStand, simulatedStand } from './stand';

/** As clients are told to: with the same key, while it is busy. */
async function insist(shop: Shop, path: string, body: object, as: string, key: string) {
  for (;;) {
    const answer = await shop.call('POST', path, body, as, key);
    if (answer.status !== 503) return answer;
    await shop.pass(1 / 60);
  }
}

describe.each([
  ['the embedded SQL', embeddedStand],
  ['the simulated SQL, where commits overtake each other', () => simulatedStand('many at once')],
])('on %s', (_, stand) => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop({ stand: stand() });
  });
  afterAll(() => shop.close());

  it('200 refunds of parts of one payment at once never exceed it, here or at the gateway', async () => {
    const { orderId, paymentId, reference } = await shop.fulfilled('many');
    const asked = await Promise.all(
      Array.from({ length: 200 }, (__, i) =>
        insist(
          shop,
          `/payments/${paymentId}/refund`,
          { reason: 'goodwill', amountMinor: 100 },
          organizer,
          `many-${i}`,
        ),
      ),
    );
    expect(asked.filter(({ status }) => status === 202)).toHaveLength(96); // of 96.00
    const refused = asked.filter(({ status }) => status !== 202);
    expect(new Set(refused.map(({ body }) => body['code']))).toEqual(new Set(['nothing-to-refund']));
    await shop.sweep();
    const back = [...shop.gateway.refunds.values()].filter(({ payment }) => payment === reference);
    expect(back.reduce((sum, { amount }) => sum + amount.amountMinor, 0)).toBe(9600);
    expect(await shop.state(orderId)).toBe('refunded');
    const { all, [`organizer:${organizer}`]: owed, 'buyers:refunds': onTheWay } = await shop.ledger();
    expect([all, owed, onTheWay]).toEqual([0, 0, 0]);
  }, 60_000);

  it('one ticket is given back once, whoever asks at the same time', async () => {
    const { paymentId } = await shop.fulfilled('one-ticket');
    const body = { reason: 'goodwill', ticketIds: [`${eventId}-one-ticket-1`] };
    const asked = await Promise.all(
      Array.from({ length: 20 }, (__, i) =>
        insist(shop, `/payments/${paymentId}/refund`, body, organizer, `one-ticket-${i}`),
      ),
    );
    expect(asked.filter(({ status }) => status === 202)).toHaveLength(1);
  });

  it('payouts at once never exceed what is owed', async () => {
    await shop.fulfilled('payouts');
    const path = `/organizers/${organizer}/payouts`;
    const owed = await shop.call('GET', `/organizers/${organizer}/balances`, undefined, organizer);
    const [{ amountMinor }] = owed.body['items'] as [{ amountMinor: number }];
    const body = { amountMinor: 1000, currency: 'EUR', reference: 'T-1' };
    const paid = await Promise.all(
      Array.from({ length: 40 }, (__, i) => insist(shop, path, body, admin, `payout-${i}`)),
    );
    const done = Math.floor(amountMinor / 1000);
    expect(paid.filter(({ status }) => status === 201)).toHaveLength(done);
    expect(paid.find(({ status }) => status !== 201)?.body).toMatchObject({
      status: 409,
      code: 'above-balance',
      balance: { amountMinor: amountMinor - done * 1000 },
    });
    const { body: listed } = await shop.call('GET', `${path}?limit=100`, undefined, organizer);
    expect(listed['items']).toHaveLength(done);
    expect((await shop.ledger())['payouts']).toBe(-done * 1000);
  });
});
