import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventPublished, signingKeyPublished, type EventPublished } from '@boxoffice/shared/contracts';
import { event, eventId, holdKey, openShop, stalls, type Shop } from './shop';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop({ announced: false });
});
afterAll(() => shop.close());

const publish = (id: string, published: EventPublished) =>
  shop.hear(eventPublished.announce(id, eventId, shop.now(), published));
const priced = (version: number, amountMinor: number): EventPublished => ({
  ...event,
  version,
  ticketTypes: event.ticketTypes.map((type) => ({ ...type, price: { amountMinor, currency: 'EUR' } })),
});
const priceNow = async (suffix: string) => {
  const { body } = await shop.call('POST', '/orders', { holdToken: shop.token(suffix, { [stalls]: 1 }) });
  return (body['total'] as { amountMinor: number } | undefined)?.amountMinor ?? body['code'];
};

describe('what others announce', () => {
  it('is waited for: first the key, then the price', async () => {
    expect(await priceNow('no-key')).toBe('not-ready');
    const { keyId, publicKey } = holdKey;
    const key = { keyId, purpose: 'hold' as const, publicKey, publishedAt: shop.now() };
    await shop.hear(signingKeyPublished.announce('k1', keyId, shop.now(), key));
    await shop.hear(signingKeyPublished.announce('k2', keyId, shop.now(), key));
    expect(await priceNow('no-price')).toBe('not-ready');
  });

  it('counts in the order of its versions, in whatever order it comes', async () => {
    await publish('v3', priced(3, 300));
    expect(await priceNow('v3')).toBe(300);
    await publish('v5', priced(5, 500));
    await publish('v4', priced(4, 400));
    await publish('v5-again', priced(5, 555));
    expect(await priceNow('v5')).toBe(500);
  });

  it('does not change the price of an order that is placed', async () => {
    const { body } = await shop.call('POST', '/orders', { holdToken: shop.token('kept', { [stalls]: 1 }) });
    await publish('v6', priced(6, 600));
    const { body: later } = await shop.call('GET', `/orders/${String(body['orderId'])}`);
    expect(later['total']).toEqual({ amountMinor: 500, currency: 'EUR' });
  });

  it('may be an event with hundreds of ticket types', async () => {
    const many = Array.from({ length: 450 }, (_, i) => ({
      ...event.ticketTypes[0]!,
      ticketTypeId: `01jv0h5c9n8m1s4k7p0r3v7${String(i).padStart(3, '0')}`,
    }));
    await publish('v7', { ...event, version: 7, ticketTypes: [...event.ticketTypes, ...many] });
    const rows = await shop.database.query.selectFrom('prices').select('ticketTypeId').execute();
    expect(rows).toHaveLength(450 + event.ticketTypes.length);
  });

  it('is refused where a key is no key', async () => {
    const key = { keyId: 'h-nope', purpose: 'hold' as const, publicKey: 'nope', publishedAt: shop.now() };
    await expect(shop.hear(signingKeyPublished.announce('k3', 'h-nope', shop.now(), key))).rejects.toThrow();
  });
});
