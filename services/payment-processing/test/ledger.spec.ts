import { afterEach, describe, expect, it } from '@jest/globals';
import { sql, type Kysely } from 'kysely';
import type { PaymentTables } from '../src/infrastructure/tables';
import { openShop, organizer, type Shop } from './shop';
import { embeddedStand, simulatedStand } from './stand';

let shop: Shop;
afterEach(() => shop.close());

const spoil: readonly (readonly [string, (tx: Kysely<PaymentTables>) => Promise<unknown>])[] = [
  ['an amount changed', (tx) => tx.updateTable('ledger').set({ amountMinor: 1 }).execute()],
  ['an entry removed', (tx) => tx.deleteFrom('ledger').where('entry', '=', 1).execute()],
];

describe.each([
  ['embedded', embeddedStand],
  ['simulated', () => simulatedStand('ledger')],
])('the ledger, %s,', (_, stand) => {
  it('is never changed, whoever tries', async () => {
    shop = await openShop({ stand: stand() });
    await shop.paid('guarded');
    const before = await shop.ledger();
    for (const [, deed] of spoil)
      await expect(shop.database.transaction((tx) => deed(tx))).rejects.toThrow('ledger is append only');
    expect(await shop.ledger()).toEqual(before);
  });

  it.each(spoil)('would let pass without its guard: %s', async (__, deed) => {
    shop = await openShop({ stand: stand() });
    await shop.paid('unguarded');
    await shop.database.transaction(async (tx) => {
      for (const trigger of ['ledgerNoUpdate', 'ledgerNoDelete'])
        await sql`drop trigger ${sql.ref(trigger)}`.execute(tx);
    });
    const before = await shop.ledger();
    await shop.database.transaction((tx) => deed(tx));
    expect(await shop.ledger()).not.toEqual(before);
  });

  it('sums up to the balances that are kept beside it', async () => {
    shop = await openShop({ stand: stand(), settings: { platformFee: { basisPoints: 1000, fixed: {} } } });
    await shop.fulfilled('kept');
    const { paymentId } = await shop.fulfilled('back');
    await shop.call(
      'POST',
      `/payments/${paymentId}/refund`,
      { reason: 'goodwill', amountMinor: 500 },
      organizer,
    );
    await shop.sweep();
    const ledger = await shop.ledger();
    const kept = await shop.database.query.selectFrom('balances').selectAll().execute();
    expect(kept).toEqual([
      { account: `organizer:${organizer}`, currency: 'EUR', amountMinor: ledger[`organizer:${organizer}`] },
    ]);
    expect(ledger['fees']).toBe(-1920);
    expect(ledger['all']).toBe(0);
  });
});
