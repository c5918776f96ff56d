import { decodeCursor, page, PageQuery, route, type Plain, type Route } from '@boxoffice/shared/http';
import { after, before, type Clock } from '@boxoffice/shared/kernel';
import type { Reconciliation } from '../core/finance/reconcile';
import { GatewaySilent, type Gateways } from '../core/gateway';
import { gatewayDoesNotAnswer, windowTooLong } from '../core/refusals';
import type { OperatorRecords } from '../core/waiting-sagas';
import { ReconciliationQuery } from './finance.request';
import {
  differenceView,
  ReconciliationView,
  WaitingSagaPageView,
  waitingSagaView,
  type DifferenceView,
} from './operator.view';

/** Differences in one answer: who has more has another kind of problem. */
const mostDifferences = 1000;
const mostDays = 31;

export const showWaitingSagas = (records: OperatorRecords): Route =>
  route<object, PageQuery>({
    method: 'GET',
    path: '/sagas/waiting',
    summary: 'Every order, payment and refund that waits, for what, and when it is asked about next',
    access: 'admin',
    query: PageQuery,
    answers: {
      status: 200,
      description: 'A page of them, whose turn is next first',
      body: WaitingSagaPageView,
    },
    async handle({ query: { limit, cursor } }) {
      const sagas = await records.waiting(limit + 1, decodeCursor(cursor, 'nextAskAt', 'id'));
      const body = page(sagas.map(waitingSagaView), limit, (last) => [last.nextAskAt, last.id]);
      return { status: 200, body };
    },
  });

export const reconcile = (reconciliation: Reconciliation, gateways: Gateways, clock: Clock): Route =>
  route<object, ReconciliationQuery>({
    method: 'GET',
    path: '/reconciliation',
    summary: 'Compare the ledger with the gateways’ own books: each difference, or none',
    access: 'admin',
    query: ReconciliationQuery,
    answers: { status: 200, description: 'The differences', body: ReconciliationView },
    async handle({ query }) {
      const until = query.until ?? after(clock.now(), { milliseconds: 1 });
      const since = query.from ?? before(until, { days: 1 });
      if (until > after(since, { days: mostDays })) throw windowTooLong(mostDays);
      const names = query.gateway === undefined ? gateways.names : [query.gateway];
      const differences: Plain<DifferenceView>[] = [];
      let more = false;
      try {
        for (const name of names)
          for await (const one of reconciliation.differences(name, { since, until })) {
            more = differences.length === mostDifferences;
            if (more) break;
            differences.push(differenceView(name, one));
          }
      } catch (error) {
        if (error instanceof GatewaySilent) throw gatewayDoesNotAnswer();
        throw error;
      }
      return { status: 200, body: { from: since, until, differences, more } };
    },
  });
