import { DatabaseSync } from 'node:sqlite';

/** What a purchase leaves with payment-processing, and which of its columns are a key to something that is copied with it. */
const tables: Readonly<Record<string, readonly string[]>> = {
  orders: ['orderId', 'holdId', 'paymentId', 'livePaymentId'],
  payments: ['paymentId', 'orderId', 'reference'],
  ledger: ['transactionId', 'orderId'],
  inbox: ['messageId'],
  idempotency: ['requestKey'],
};

/** Puts each purchase on file so many times more, as if in years before; how many orders there are then. */
export function multiplyOrders(file: string, copies: number, tell: (progress: string) => void): number {
  const began = performance.now();
  const database = new DatabaseSync(file);
  database.exec('pragma synchronous = off; pragma cache_size = -500000');
  for (const [table, keys] of Object.entries(tables)) {
    const columns = database
      .prepare(`pragma table_info(${table})`)
      .all()
      .map(({ name }) => String(name));
    const copied = columns.map((name) =>
      // Older than every id of today, and in the order of being written.
      keys.includes(name) ? `printf('%010d', n) || substr("${name}", 11)` : `"${name}"`,
    );
    database.exec(`
      create temporary table template as select * from ${table};
      with recursive copy (n) as (select 1 union all select n + 1 from copy where n < ${copies})
        insert into ${table} (${columns.map((name) => `"${name}"`).join(', ')})
        select ${copied.join(', ')} from copy cross join temp.template;
      drop table temp.template;`);
  }
  const { orders } = database.prepare('select count(*) as orders from orders').get() as { orders: number };
  database.close();
  tell(`${orders} orders are on file after ${((performance.now() - began) / 1000).toFixed(0)} s`);
  return orders;
}
