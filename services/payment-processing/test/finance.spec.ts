import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventPublished } from '@boxoffice/shared/contracts';
import { admin, event, eventId, openShop, organizer, type Shop } from './shop';

let shop: Shop;
let paymentId: string;
let orderId: string;
beforeAll(async () => {
  shop = await openShop({ settings: { platformFee: { basisPoints: 500, fixed: {} } } });
  const titled = { ...event, version: event.version + 1, title: '=HYPERLINK("http://evil.example")' };
  await shop.hear(eventPublished.announce('titled', eventId, shop.now(), titled));
  ({ orderId, paymentId } = await shop.fulfilled('sold'));
  await shop.pass(1);
  const asked = { reason: 'goodwill', amountMinor: 600 };
  await shop.call('POST', `/payments/${paymentId}/refund`, asked, organizer);
  await shop.sweep();
});
afterAll(() => shop.close());

const team = `/organizers/${organizer}/finance-team`;
const shown = [
  `/events/${eventId}/finance`,
  `/events/${eventId}/orders`,
  `/events/${eventId}/refunds`,
  `/organizers/${organizer}/balances`,
  `/organizers/${organizer}/payouts`,
  `/ledger?organizerId=${organizer}`,
  `/ledger.csv?organizerId=${organizer}`,
];

describe('an organiser’s money', () => {
  it.each(shown)('is not there for strangers: GET %s', async (path) => {
    for (const stranger of ['ada', 'eve', admin])
      expect((await shop.call('GET', path, undefined, stranger)).status).toBe(404);
    expect((await shop.call('GET', path, undefined, organizer)).status).toBe(200);
  });

  it('is there for those whom the owner names, until they are named no more', async () => {
    const set = async (members: readonly string[], version: string, as = organizer) => {
      const { etag } = (await shop.call('GET', team, undefined, as)).headers;
      const headers = { 'if-match': version === 'now' ? (etag ?? '') : version };
      return shop.call('PUT', team, { members }, as, undefined, headers);
    };
    expect((await set(['Fin@Example.org'], 'now')).body).toEqual({ members: ['fin@example.org'] });
    expect((await set([], '"1"')).status).toBe(412);
    const papers = ['receipt.pdf', 'invoice.pdf', 'credit-notes'].map((what) => `/orders/${orderId}/${what}`);
    for (const path of [...shown, ...papers])
      expect((await shop.call('GET', path, undefined, 'fin')).status).toBe(200);
    // An address that the provider has not seen to be theirs opens nothing.
    for (const path of [...shown, ...papers])
      expect((await shop.call('GET', path, undefined, 'fin?')).status).toBe(404);
    // Who is in the team does not say who is.
    expect((await shop.call('GET', team, undefined, 'fin')).status).toBe(403);
    expect((await set([], 'now')).status).toBe(200);
    for (const path of [...shown, ...papers])
      expect((await shop.call('GET', path, undefined, 'fin')).status).toBe(404);
  });

  it('is told entry by entry, page by page', async () => {
    const page = async (query: string) =>
      (await shop.call('GET', `/ledger?${query}`, undefined, organizer)).body as {
        items: { kind: string; amount: { amountMinor: number } }[];
        nextCursor?: string;
      };
    const first = await page('limit=2');
    const rest = await page(`limit=2&cursor=${String(first.nextCursor)}`);
    expect([...first.items, ...rest.items].map(({ kind, amount }) => [kind, amount.amountMinor])).toEqual([
      ['capture', 9600],
      ['fee', -480],
      ['refund-owed', -600],
    ]);
    expect(rest.nextCursor).toBeUndefined();
    expect((await page(`from=${shop.now()}`)).items).toHaveLength(1);
    expect((await page(`until=${shop.now()}`)).items).toHaveLength(2);
  });

  it('is a table in which no title is a formula', async () => {
    const { bytes, headers } = await shop.call('GET', '/ledger.csv', undefined, organizer);
    expect(headers['content-type']).toBe('text/csv; charset=utf-8');
    const lines = Buffer.from(bytes).toString().trim().split('\r\n');
    expect(lines).toHaveLength(4);
    expect(lines[1]).toMatch(
      /,capture,capture~\w+,96\.00,EUR,\w+,"'=HYPERLINK\(""http:\/\/evil\.example""\)"$/,
    );
    expect(lines[3]).toContain(',-6.00,');
  });

  it('has orders, by state and by address, without the codes that open the door', async () => {
    const list = async (query: string) =>
      (await shop.call('GET', `/events/${eventId}/orders?${query}`, undefined, organizer)).body['items'];
    expect(await list('state=partly-refunded&email=ADA@example.org')).toMatchObject([
      { state: 'partly-refunded', buyer: { email: 'ada@example.org' }, paymentId },
    ]);
    expect(await list('state=paid')).toEqual([]);
    expect(await list('email=eve@example.org')).toEqual([]);
    expect(JSON.stringify(await list(''))).not.toContain('BX1');
  });

  it('is paid out by the platform’s people, once under a key', async () => {
    const path = `/organizers/${organizer}/payouts`;
    const body = { amountMinor: 8520, currency: 'EUR', reference: 'SEPA-1' };
    expect((await shop.call('POST', path, body, organizer)).status).toBe(403);
    const first = await shop.call('POST', path, body, admin, 'payout');
    expect(first).toMatchObject({ status: 201, body: { reference: 'SEPA-1' } });
    expect(await shop.call('POST', path, body, admin, 'payout')).toEqual(first);
    expect((await shop.call('POST', path, { ...body, amountMinor: 1 }, admin)).body['code']).toBe(
      'above-balance',
    );
    expect((await shop.call('POST', '/organizers/nobody/payouts', body, admin)).status).toBe(404);
    const balances = await shop.call('GET', `/organizers/${organizer}/balances`, undefined, organizer);
    expect(balances.body['items']).toEqual([{ amountMinor: 0, currency: 'EUR' }]);
  });
});
