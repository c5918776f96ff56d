import { after, type Instant, type Money } from '@boxoffice/shared/kernel';
import { inject, injectable } from 'tsyringe';
import { GatewayRefused, Gateways, type Gateway, type GatewayMovement } from '../gateway';
import { gatewayNotFound } from '../refusals';

/** What moved, by the ledger's entry on the gateway's account. */
export interface BookedMovement {
  readonly is: GatewayMovement['is'];
  /** Of our payment or refund, or of the payment that is disputed: what the gateway knows it by as well. */
  readonly ourId: string;
  /** The gateway's name for it, and for the payment that it is of. */
  readonly reference: string;
  readonly paymentReference: string;
  readonly amount: Money;
  /** By the gateway's clock. */
  readonly at: Instant;
}

export interface Difference {
  readonly is: GatewayMovement['is'];
  readonly what: 'missing-here' | 'missing-there' | 'other-amount' | 'other-currency';
  readonly ourId: string | undefined;
  readonly reference: string;
  readonly here: Money | undefined;
  readonly there: Money | undefined;
}

/** From `since` to before `until`. */
export interface Window {
  readonly since: Instant;
  readonly until: Instant;
}

/** What reconciliation reads of the books. */
export interface BookedMovements {
  /** Those among the gateway's that are booked, whenever that was: by our id, or else by its reference. */
  booked(gateway: string, there: readonly GatewayMovement[]): Promise<readonly BookedMovement[]>;
  /** What the books say moved there, by `is` and the gateway's clock; `last` is the last one seen. */
  page(
    gateway: string,
    is: Listed,
    window: Window,
    last: BookedMovement | undefined,
  ): Promise<readonly BookedMovement[]>;
}
export const BookedMovements = Symbol('BookedMovements');

/** What every gateway lists. Disputes some do not, or list them no more once they are won: of these only what is missing here is told. */
export type Listed = 'capture' | 'refund';

const looksAtOnce = 200;
/** Only so much of the time is in memory at once. */
const slice = { days: 1 } as const;

/** Compares the ledger with the gateway's own books, both ways. Throws GatewaySilent. */
@injectable()
export class Reconciliation {
  constructor(
    @inject(BookedMovements) private readonly books: BookedMovements,
    @inject(Gateways) private readonly gateways: Gateways,
  ) {}

  async *differences(gatewayName: string, { since, until }: Window): AsyncIterable<Difference> {
    const gateway = this.gateways.named(gatewayName);
    if (!gateway) throw gatewayNotFound();
    for (let from = since; from < until;) {
      const end = after(from, slice);
      yield* this.ofSlice(gateway, { since: from, until: end < until ? end : until });
      from = end;
    }
  }

  private async *ofSlice(gateway: Gateway, window: Window): AsyncIterable<Difference> {
    const agreed = new Set<string>();
    for await (const some of inGroups(gateway.movements(window.since, window.until), looksAtOnce)) {
      const booked = await this.books.booked(gateway.name, some);
      for (const there of some) {
        // What is booked once and moved twice there is missing here the second time.
        const here = booked.find((one) => isSame(one, there) && !agreed.has(nameOf(one)));
        if (here) agreed.add(nameOf(here));
        const difference = compare(here, there);
        if (difference) yield difference;
      }
    }
    for (const is of ['capture', 'refund'] as const) yield* this.notThere(gateway, is, window, agreed);
  }

  private async *notThere(
    gateway: Gateway,
    is: Listed,
    window: Window,
    agreed: ReadonlySet<string>,
  ): AsyncIterable<Difference> {
    for (let last: BookedMovement | undefined; ;) {
      const page = await this.books.page(gateway.name, is, window, last);
      for (const here of page) {
        // The two clocks may put it on either side of the window's edge: what was not listed is asked about by itself.
        if (agreed.has(nameOf(here)) || (await isThere(gateway, here))) continue;
        const { ourId, reference, amount } = here;
        yield { is, what: 'missing-there', ourId, reference, here: amount, there: undefined };
      }
      last = page.at(-1);
      if (last === undefined) return;
    }
  }
}

async function* inGroups<T>(items: AsyncIterable<T>, size: number): AsyncIterable<readonly T[]> {
  let group: T[] = [];
  for await (const item of items) {
    group.push(item);
    if (group.length < size) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}

// A payment may be disputed more than once.
const nameOf = ({ is, ourId, reference }: BookedMovement): string => `${is} ${ourId} ${reference}`;

const isSame = (here: BookedMovement, { is, ourId, reference }: GatewayMovement): boolean =>
  here.is === is && (ourId === undefined ? here.reference === reference : here.ourId === ourId);

function compare(here: BookedMovement | undefined, there: GatewayMovement): Difference | undefined {
  const { is, reference } = there;
  const difference = (what: Difference['what']): Difference => ({
    is,
    what,
    ourId: here?.ourId ?? there.ourId,
    reference,
    here: here?.amount,
    there: there.amount,
  });
  if (!here) return difference('missing-here');
  if (here.amount.currency !== there.amount.currency) return difference('other-currency');
  return here.amount.amountMinor === there.amount.amountMinor ? undefined : difference('other-amount');
}

async function isThere(gateway: Gateway, here: BookedMovement): Promise<boolean> {
  try {
    if (here.is === 'capture') return (await gateway.lookUp(here.reference)).outcome.is === 'captured';
    const { outcome } = await gateway.lookUpRefund(here.reference, here.paymentReference);
    return outcome.is === 'succeeded';
  } catch (error) {
    if (error instanceof GatewayRefused) return false;
    throw error;
  }
}
