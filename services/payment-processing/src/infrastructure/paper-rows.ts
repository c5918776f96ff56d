import type { IssuedPaper, SaleTerms } from '@boxoffice/shared/contracts';
import type { Kysely, Transaction } from 'kysely';
import type { PaperBook, SellingHouse } from '../core/papers/paper-book';
import type { PaymentTables } from './tables';

type Tables = Kysely<PaymentTables>;

export const paperBook = (tx: Transaction<PaymentTables>): PaperBook => ({
  papersOf: (orderId) => listPapers(tx, orderId),
  houseOf: (eventId) => findHouse(tx, eventId),
  nextNumber: (series) => nextNumber(tx, series),
  add: (paper, cause) => insertPaper(tx, paper, cause),
});

export async function listPapers(tables: Tables, orderId: string): Promise<readonly IssuedPaper[]> {
  const rows = await tables
    .selectFrom('papers')
    .select('facts')
    .where('orderId', '=', orderId)
    .orderBy('issuedAt')
    .orderBy('number')
    .execute();
  const papers = rows.map(({ facts }) => JSON.parse(facts) as IssuedPaper);
  // Issued at one instant, they sort by their numbers: the invoice is the first all the same.
  return [
    ...papers.filter(({ kind }) => kind === 'invoice'),
    ...papers.filter(({ kind }) => kind !== 'invoice'),
  ];
}

async function insertPaper(tables: Tables, paper: IssuedPaper, cause: string): Promise<void> {
  const { number, orderId, issuedAt } = paper;
  await tables
    .insertInto('papers')
    .values({ number, orderId, cause, facts: JSON.stringify(paper), issuedAt })
    .execute();
}

/**
 * Counts up first and reads then: from the update on the row is this transaction's until it ends, and what others would count waits for it. Rolled
 * back, the number is free again, and one given twice would fail at the key of `papers`. Two that begin a series at once meet at its key, and one comes again.
 */
async function nextNumber(tx: Transaction<PaymentTables>, series: string): Promise<number> {
  const { numUpdatedRows } = await tx
    .updateTable('paperNumbers')
    .set((eb) => ({ last: eb('last', '+', 1) }))
    .where('series', '=', series)
    .executeTakeFirst();
  if (numUpdatedRows === 1n) {
    const row = tx.selectFrom('paperNumbers').select('last').where('series', '=', series);
    return (await row.executeTakeFirstOrThrow()).last;
  }
  await tx.insertInto('paperNumbers').values({ series, last: 1 }).execute();
  return 1;
}

async function findHouse(tables: Tables, eventId: string): Promise<SellingHouse> {
  const row = await tables
    .selectFrom('events')
    .select('terms')
    .where('eventId', '=', eventId)
    .executeTakeFirst();
  return row?.terms ? (JSON.parse(row.terms) as SaleTerms) : {};
}
