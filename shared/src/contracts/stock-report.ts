import { hash } from 'node:crypto';

/**
 * The history of an event's stock, as anyone can recompute it: a text of JSON lines.
 *
 * - `{"report":"boxoffice-stock.v1","eventId":…,"title":…,"madeAt":…}`
 * - for each commit that changed stock: `{"n":…,"at":…,"moves":[…],"chain":…}`, `n` ascending. `chain` is the base64url of the SHA-256 of
 *   the chain before it (of the first: the event's id), a line feed, and the JSON of `[n, at, moves]`
 * - `{"totals":[{ticketTypeId, name, capacity, held, sold, available}, …],"pools":[{poolId, capacity, taken}, …],"chain":…}`
 *
 * A changed, left-out or added line breaks the chain; whoever kept an earlier chain can tell a history that was written anew.
 */
export const stockReportVersion = 'boxoffice-stock.v1';

export type StockQuantity = readonly [ticketTypeId: string, quantity: number, seats?: readonly string[]];

/** One change of stock. A hold is known by the part of its id behind the event's. */
export type StockLine =
  | readonly ['capacity', ticketTypeId: string, capacity: number, poolId?: string]
  | readonly ['pool', poolId: string, capacity: number]
  | readonly ['held', hold: string, ...quantities: StockQuantity[]]
  | readonly ['released' | 'expired', hold: string]
  | readonly ['confirmed', hold: string, orderId: string]
  | readonly ['sold', orderId: string, ...quantities: StockQuantity[]]
  /** Tickets of the order were given back. */
  | readonly ['returned', orderId: string, ...quantities: StockQuantity[]];

export const stockChain = (before: string, n: number, at: string, moves: readonly StockLine[]): string =>
  hash('sha256', `${before}\n${JSON.stringify([n, at, moves])}`, 'base64url');

export interface StockVerdict {
  /** What does not hold, in words; nothing: the report adds up. */
  readonly faults: readonly string[];
  readonly commits: number;
  readonly totals: readonly { readonly ticketTypeId: string; readonly held: number; readonly sold: number }[];
}

interface Commit {
  readonly n: number;
  readonly at: string;
  readonly moves: readonly StockLine[];
  readonly chain: string;
}

interface Ending {
  readonly totals: readonly {
    readonly ticketTypeId: string;
    readonly capacity: number;
    readonly held: number;
    readonly sold: number;
    readonly available: number;
  }[];
  readonly pools: readonly { readonly poolId: string; readonly capacity: number; readonly taken: number }[];
  readonly chain: string;
}

/** Adds a report up from nothing, and compares. Throws where the text is no report at all. */
export function verifyStockReport(text: string): StockVerdict {
  const lines = text.split('\n').filter((line) => line !== '');
  const [opening, ...rest] = lines.map((line) => JSON.parse(line) as object);
  const ending = rest.pop() as Ending | undefined;
  const { report, eventId } = (opening ?? {}) as { report?: string; eventId?: string };
  if (report !== stockReportVersion || eventId === undefined || !ending?.totals)
    throw new Error(`this is no ${stockReportVersion} report: it must begin and end as one`);
  const sum = new StockSum();
  let chain = eventId;
  let last = 0;
  for (const commit of rest as Commit[]) {
    const { n, at, moves } = commit;
    if (n <= last) sum.faults.push(`commit ${n} follows ${last}`);
    for (const move of moves) sum.add(n, move);
    chain = stockChain(chain, n, at, moves);
    if (chain !== commit.chain) sum.faults.push(`commit ${n} breaks the chain`);
    last = n;
  }
  if (chain !== ending.chain) sum.faults.push('the chain does not end as the report says');
  sum.compare(ending);
  return { faults: sum.faults, commits: rest.length, totals: sum.totals() };
}

interface Stock {
  asked: number;
  held: number;
  sold: number;
  poolId: string | undefined;
}

/** Adds the changes of an event's stock up, one after another, and tells what does not hold. */
export class StockSum {
  readonly faults: string[] = [];
  private readonly stocks = new Map<string, Stock>();
  private readonly pools = new Map<string, number>();
  private readonly holds = new Map<string, readonly StockQuantity[]>();
  private readonly seats = new Set<string>();

  add(n: number, move: StockLine): void {
    switch (move[0]) {
      case 'capacity': {
        const [, ticketTypeId, asked, poolId] = move;
        const { held, sold } = this.stocks.get(ticketTypeId) ?? { held: 0, sold: 0 };
        this.stocks.set(ticketTypeId, { asked, held, sold, poolId });
        break;
      }
      case 'pool':
        this.pools.set(move[1], move[2]);
        break;
      case 'held': {
        const [, hold, ...quantities] = move;
        if (this.holds.has(hold)) this.faults.push(`commit ${n}: hold ${hold} was made before`);
        this.holds.set(hold, quantities);
        this.take(n, quantities, 'held');
        break;
      }
      case 'released':
      case 'expired':
        this.giveBack(this.end(n, move[1]), 'held');
        break;
      case 'confirmed':
        for (const [ticketTypeId, quantity] of this.end(n, move[1])) {
          const stock = this.stockOf(ticketTypeId);
          stock.held -= quantity;
          stock.sold += quantity;
        }
        break;
      case 'sold': {
        const [, , ...quantities] = move;
        this.take(n, quantities, 'sold');
        break;
      }
      case 'returned': {
        const [, , ...quantities] = move;
        this.giveBack(quantities, 'sold');
        break;
      }
    }
  }

  compare({ totals, pools }: Ending): void {
    const told = new Map(totals.map((total) => [total.ticketTypeId, total]));
    for (const ticketTypeId of new Set([...told.keys(), ...this.stocks.keys()])) {
      const { asked, held, sold } = this.stockOf(ticketTypeId);
      const capacity = Math.max(asked, held + sold);
      const total = told.get(ticketTypeId);
      const same = total?.held === held && total.sold === sold && total.capacity === capacity;
      if (!same)
        this.faults.push(
          `${ticketTypeId} adds up to capacity ${capacity}, held ${held}, sold ${sold}; told is ${JSON.stringify(total)}`,
        );
      else if (total.available !== capacity - held - sold || held < 0 || sold < 0)
        this.faults.push(`${ticketTypeId}: sold + held + available is not capacity`);
    }
    const toldPools = new Map(pools.map((pool) => [pool.poolId, pool]));
    for (const [poolId, asked] of this.pools) {
      const taken = this.takenOf(poolId);
      const pool = toldPools.get(poolId);
      if (pool?.taken !== taken || pool.capacity !== Math.max(asked, taken))
        this.faults.push(
          `pool ${poolId} adds up to ${taken} taken of ${asked}; told is ${JSON.stringify(pool)}`,
        );
    }
  }

  totals = (): StockVerdict['totals'] =>
    [...this.stocks].map(([ticketTypeId, { held, sold }]) => ({ ticketTypeId, held, sold }));

  private take(n: number, quantities: readonly StockQuantity[], as: 'held' | 'sold'): void {
    for (const [ticketTypeId, quantity, seats = []] of quantities) {
      const stock = this.stockOf(ticketTypeId);
      stock[as] += quantity;
      if (stock.held + stock.sold > stock.asked)
        this.faults.push(
          `commit ${n}: ${stock.held + stock.sold} of ${ticketTypeId} taken, of ${stock.asked}`,
        );
      const room = stock.poolId === undefined ? undefined : this.pools.get(stock.poolId);
      if (stock.poolId !== undefined && this.takenOf(stock.poolId) > (room ?? 0))
        this.faults.push(`commit ${n}: more of pool ${stock.poolId} taken than it has`);
      for (const seat of seats) {
        if (this.seats.has(seat)) this.faults.push(`commit ${n}: seat ${seat} is taken twice`);
        this.seats.add(seat);
      }
    }
  }

  private giveBack(quantities: readonly StockQuantity[], as: 'held' | 'sold'): void {
    for (const [ticketTypeId, quantity, seats = []] of quantities) {
      this.stockOf(ticketTypeId)[as] -= quantity;
      for (const seat of seats) this.seats.delete(seat);
    }
  }

  private end(n: number, hold: string): readonly StockQuantity[] {
    const quantities = this.holds.get(hold);
    if (!quantities) this.faults.push(`commit ${n}: hold ${hold} ended twice, or never began`);
    this.holds.delete(hold);
    return quantities ?? [];
  }

  private stockOf(ticketTypeId: string): Stock {
    const stock = this.stocks.get(ticketTypeId) ?? { asked: 0, held: 0, sold: 0, poolId: undefined };
    this.stocks.set(ticketTypeId, stock);
    return stock;
  }

  private takenOf(poolId: string): number {
    let taken = 0;
    for (const stock of this.stocks.values()) if (stock.poolId === poolId) taken += stock.held + stock.sold;
    return taken;
  }
}
