import { money, type Instant } from '@boxoffice/shared/kernel';
import type { Database } from '@boxoffice/shared/sql';
import { inject, injectable } from 'tsyringe';
import type { BookedMovement, BookedMovements, Listed, Window } from '../core/finance/reconcile';
import type { GatewayMovement } from '../core/gateway';
import { gatewayAccount } from '../core/ledger';
import { PaymentDatabase } from './sql-books';
import type { PaymentTables } from './tables';

const pageSize = 500;

/** Captures, refunds and disputes as the ledger has them, on the account of a gateway. */
@injectable()
export class SqlMovements implements BookedMovements {
  constructor(@inject(PaymentDatabase) private readonly database: Database<PaymentTables>) {}

  async booked(gateway: string, there: readonly GatewayMovement[]): Promise<readonly BookedMovement[]> {
    const [captures, refunds] = [namesOf(there, 'capture'), namesOf(there, 'refund')];
    return [
      ...(captures.isNothing ? [] : await this.capturesNamed(gateway, captures)),
      ...(refunds.isNothing ? [] : await this.refundsNamed(gateway, refunds)),
      ...(await this.disputesNamed(gateway, 'dispute', namesOf(there, 'dispute'))),
      ...(await this.disputesNamed(gateway, 'dispute-won', namesOf(there, 'dispute-won'))),
    ];
  }

  async page(
    gateway: string,
    is: Listed,
    { since, until }: Window,
    last: BookedMovement | undefined,
  ): Promise<readonly BookedMovement[]> {
    const [at, id] = last ? [last.at, last.ourId] : ([since, ''] as const);
    if (is === 'capture') {
      const rows = await this.captures(gateway)
        .where('capturedAt', '<', until)
        .where((eb) =>
          eb.or([eb('capturedAt', '>', at), eb('capturedAt', '=', at).and('paymentId', '>', id)]),
        )
        .orderBy('capturedAt')
        .orderBy('paymentId')
        .limit(pageSize)
        .execute();
      return rows.map(movementFrom('capture'));
    }
    const rows = await this.refunds(gateway)
      .where('refundedAt', '<', until)
      .where((eb) => eb.or([eb('refundedAt', '>', at), eb('refundedAt', '=', at).and('refundId', '>', id)]))
      .orderBy('refundedAt')
      .orderBy('refundId')
      .limit(pageSize)
      .execute();
    return rows.map(movementFrom('refund'));
  }

  private async capturesNamed(
    gateway: string,
    { ids, references }: Names,
  ): Promise<readonly BookedMovement[]> {
    const rows = await this.captures(gateway)
      .where((eb) => eb.or([eb('paymentId', 'in', ids), eb('payments.reference', 'in', references)]))
      .execute();
    return rows.map(movementFrom('capture'));
  }

  private async refundsNamed(
    gateway: string,
    { ids, references }: Names,
  ): Promise<readonly BookedMovement[]> {
    const rows = await this.refunds(gateway)
      .where((eb) => eb.or([eb('refundId', 'in', ids), eb('refunds.reference', 'in', references)]))
      .execute();
    return rows.map(movementFrom('refund'));
  }

  private async disputesNamed(
    gateway: string,
    is: 'dispute' | 'dispute-won',
    { ids, references, isNothing }: Names,
  ): Promise<readonly BookedMovement[]> {
    if (isNothing) return [];
    const rows = await this.database.query
      .selectFrom('disputes')
      .innerJoin('ledger', (join) =>
        join.on((eb) =>
          eb('ledger.transactionId', '=', eb.fn<string>('concat', [eb.val(`${is}~`), 'disputes.id'])),
        ),
      )
      .select(['disputes.paymentId as ourId', 'disputes.openedAt as at', 'disputes.disputeId as reference'])
      .select(['disputes.disputeId as paymentReference', 'ledger.amountMinor', 'ledger.currency'])
      .where('disputes.gateway', '=', gateway)
      .where('ledger.account', '=', gatewayAccount(gateway))
      .where((eb) => eb.or([eb('disputes.paymentId', 'in', ids), eb('disputes.disputeId', 'in', references)]))
      .execute();
    return rows.map(movementFrom(is));
  }

  private captures = (gateway: string) =>
    this.database.query
      .selectFrom('payments')
      .innerJoin('ledger', (join) =>
        join.on((eb) =>
          eb(
            'ledger.transactionId',
            '=',
            eb.fn<string>('concat', [eb.val('capture~'), 'payments.paymentId']),
          ),
        ),
      )
      .select(['payments.paymentId as ourId', 'payments.capturedAt as at', 'payments.reference'])
      .select(['payments.reference as paymentReference', 'ledger.amountMinor', 'ledger.currency'])
      .where('payments.gateway', '=', gateway)
      .where('ledger.account', '=', gatewayAccount(gateway));

  private refunds = (gateway: string) =>
    this.database.query
      .selectFrom('refunds')
      .innerJoin('ledger', (join) =>
        join.on((eb) =>
          eb('ledger.transactionId', '=', eb.fn<string>('concat', [eb.val('refund~'), 'refunds.refundId'])),
        ),
      )
      .select(['refunds.refundId as ourId', 'refunds.refundedAt as at', 'refunds.reference'])
      .select(['refunds.paymentReference', 'ledger.amountMinor', 'ledger.currency'])
      .where('refunds.gateway', '=', gateway)
      .where('ledger.account', '=', gatewayAccount(gateway));
}

interface Names {
  readonly ids: string[];
  readonly references: string[];
  readonly isNothing: boolean;
}

/** What no row is called: a list for `in` can't be empty. */
const nobody = '';

function namesOf(there: readonly GatewayMovement[], is: GatewayMovement['is']): Names {
  const own = there.filter((movement) => movement.is === is);
  const ids = own.flatMap(({ ourId }) => ourId ?? []);
  const references = own.flatMap(({ ourId, reference }) => (ourId === undefined ? [reference] : []));
  return { ids: [nobody, ...ids], references: [nobody, ...references], isNothing: own.length === 0 };
}

const movementFrom =
  (is: GatewayMovement['is']) =>
  (row: {
    ourId: string;
    at: string | null;
    reference: string | null;
    paymentReference: string | null;
    amountMinor: number;
    currency: string;
  }): BookedMovement => ({
    is,
    ourId: row.ourId,
    reference: row.reference ?? '',
    paymentReference: row.paymentReference ?? '',
    amount: money(Math.abs(row.amountMinor), row.currency),
    at: (row.at ?? '') as Instant,
  });
