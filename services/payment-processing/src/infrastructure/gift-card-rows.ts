import { money, type Instant, type Money } from '@boxoffice/shared/kernel';
import { StaleVersion } from '@boxoffice/shared/sql';
import type { Kysely, Selectable } from 'kysely';
import type { GiftCard } from '../core/gift-card';
import { postGiftCardIssued, postGiftCardsGivenBack, postGiftCardsUsed } from '../core/ledger';
import type { Order } from '../core/order';
import { insertPosting } from './ledger-rows';
import type { GiftCardRow, GiftCardShareRow } from './pricing-tables';
import type { PaymentTables } from './tables';

type Tables = Kysely<PaymentTables>;
type CardOrder = Pick<Order, 'orderId' | 'event' | 'price' | 'version'>;

/** By their hashes. */
export async function findGiftCards(
  tables: Tables,
  codeHashes: readonly string[],
): Promise<ReadonlyMap<string, GiftCard>> {
  if (codeHashes.length === 0) return new Map();
  const rows = await tables
    .selectFrom('giftCards')
    .selectAll()
    .where('codeHash', 'in', [...codeHashes])
    .execute();
  return new Map(rows.map((row) => [row.codeHash, cardFrom(row)]));
}

export async function insertGiftCard(tables: Tables, card: GiftCard, codeHash: string): Promise<void> {
  const { giftCardId, organizerId, amount, balance, expiresAt, issuedAt } = card;
  await tables
    .insertInto('giftCards')
    .values({
      giftCardId,
      codeHash,
      organizerId,
      amountMinor: amount.amountMinor,
      balanceMinor: balance.amountMinor,
      currency: amount.currency,
      expiresAt: expiresAt ?? null,
      issuedAt,
    })
    .execute();
  await insertPosting(tables, postGiftCardIssued(giftCardId, organizerId, amount), '', issuedAt);
}

/** What cards pay of a new order. Throws StaleVersion where another has spent it. */
export async function insertShares(tables: Tables, order: CardOrder, now: Instant): Promise<void> {
  const shares = order.price.giftCards.map(({ giftCardId, amount: { amountMinor } }): GiftCardShareRow => ({
    orderId: order.orderId,
    giftCardId,
    amountMinor,
    returnedMinor: 0,
  }));
  if (shares.length === 0) return;
  await tables.insertInto('giftCardShares').values(shares).execute();
  await spend(
    tables,
    order,
    shares.map(({ giftCardId, amountMinor }) => ({ giftCardId, amountMinor })),
    now,
  );
}

/**
 * Puts `amount` of what cards have paid for an order back on them, or as much of it as has not gone back yet; all of it, where no
 * amount is given. Resolves to what went back. `movementId`: of this giving back alone, 40 characters at most; a second time it meets
 * itself in the ledger. To be called in the commit that writes the order.
 */
export async function giveBackGiftCards(
  tables: Tables,
  { orderId, event, price }: Pick<Order, 'orderId' | 'event' | 'price'>,
  movementId: string,
  now: Instant,
  amount?: Money,
): Promise<Money> {
  const { currency } = price.total;
  let left = amount?.amountMinor ?? Number.MAX_SAFE_INTEGER;
  let back = 0;
  for (const share of price.giftCards.length === 0 ? [] : await sharesOf(tables, orderId)) {
    const some = Math.min(left, share.amountMinor - share.returnedMinor);
    if (some <= 0) continue;
    await giveBack(tables, share, some);
    left -= some;
    back += some;
  }
  const given = money(back, currency);
  if (back > 0)
    await insertPosting(tables, postGiftCardsGivenBack(movementId, event.organizerId, given), orderId, now);
  return given;
}

/** Undefined where any card has less left than the order gave back to it; else takes it again when called. */
export async function sharesToTakeAgain(
  tables: Tables,
  order: CardOrder,
  now: Instant,
): Promise<(() => Promise<void>) | undefined> {
  const shares = (order.price.giftCards.length === 0 ? [] : await sharesOf(tables, order.orderId)).filter(
    ({ returnedMinor }) => returnedMinor > 0,
  );
  if (shares.some(({ balanceMinor, returnedMinor }) => balanceMinor < returnedMinor)) return undefined;
  return async () => {
    const taken = shares.map(({ giftCardId, returnedMinor }) => ({ giftCardId, amountMinor: returnedMinor }));
    await spend(tables, order, taken, now);
    for (const { giftCardId } of taken)
      await tables
        .updateTable('giftCardShares')
        .set({ returnedMinor: 0 })
        .where('orderId', '=', order.orderId)
        .where('giftCardId', '=', giftCardId)
        .execute();
  };
}

async function spend(
  tables: Tables,
  { orderId, event, price, version }: CardOrder,
  amounts: readonly { readonly giftCardId: string; readonly amountMinor: number }[],
  now: Instant,
): Promise<void> {
  if (amounts.length === 0) return;
  for (const { giftCardId, amountMinor } of [...amounts].sort(byCard)) {
    const { numUpdatedRows } = await tables
      .updateTable('giftCards')
      .set((row) => ({ balanceMinor: row('balanceMinor', '-', amountMinor) }))
      .where('giftCardId', '=', giftCardId)
      .where('balanceMinor', '>=', amountMinor)
      .executeTakeFirst();
    if (numUpdatedRows !== 1n) throw new StaleVersion(`gift card ${giftCardId}`);
  }
  const all = amounts.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  const posting = postGiftCardsUsed(
    `${orderId}~${version}`,
    event.organizerId,
    money(all, price.total.currency),
  );
  await insertPosting(tables, posting, orderId, now);
}

async function giveBack(
  tables: Tables,
  { orderId, giftCardId, returnedMinor }: GiftCardShareRow,
  some: number,
): Promise<void> {
  await tables
    .updateTable('giftCards')
    .set((row) => ({ balanceMinor: row('balanceMinor', '+', some) }))
    .where('giftCardId', '=', giftCardId)
    .execute();
  const { numUpdatedRows } = await tables
    .updateTable('giftCardShares')
    .set({ returnedMinor: returnedMinor + some })
    .where('orderId', '=', orderId)
    .where('giftCardId', '=', giftCardId)
    .where('returnedMinor', '=', returnedMinor)
    .executeTakeFirst();
  if (numUpdatedRows !== 1n) throw new StaleVersion(`what gift card ${giftCardId} paid of order ${orderId}`);
}

const sharesOf = (
  tables: Tables,
  orderId: string,
): Promise<readonly (GiftCardShareRow & Pick<GiftCardRow, 'balanceMinor'>)[]> =>
  tables
    .selectFrom('giftCardShares')
    .innerJoin('giftCards', 'giftCards.giftCardId', 'giftCardShares.giftCardId')
    .selectAll('giftCardShares')
    .select('giftCards.balanceMinor')
    .where('giftCardShares.orderId', '=', orderId)
    .orderBy('giftCardShares.giftCardId')
    .execute();

const byCard = (a: { giftCardId: string }, b: { giftCardId: string }): number =>
  a.giftCardId < b.giftCardId ? -1 : 1;

const cardFrom = (row: Selectable<GiftCardRow>): GiftCard => ({
  giftCardId: row.giftCardId,
  organizerId: row.organizerId,
  amount: money(row.amountMinor, row.currency),
  balance: money(row.balanceMinor, row.currency),
  expiresAt: (row.expiresAt ?? undefined) as Instant | undefined,
  issuedAt: row.issuedAt as Instant,
});
