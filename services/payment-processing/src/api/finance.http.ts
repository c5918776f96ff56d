import { decodeCursor, etag, page, PageQuery, route, type Route } from '@boxoffice/shared/http';
import { after, before, type Clock, type Instant } from '@boxoffice/shared/kernel';
import type { FinanceTeams } from '../core/finance/name-finance-team';
import type { Payouts } from '../core/finance/record-payout';
import type { MoneyShowing } from '../core/finance/show-money';
import { callerFrom } from './caller';
import { csv } from './csv';
import {
  EventOrdersQuery,
  FinanceTeamRequest,
  LedgerQuery,
  LedgerTableQuery,
  PayoutRequest,
} from './finance.request';
import {
  BalancesView,
  DisputePageView,
  disputeView,
  EventFinanceView,
  eventFinanceView,
  EventOrderPageView,
  eventOrderView,
  FinanceTeamView,
  financeTeamView,
  kindOf,
  LedgerPageView,
  ledgerLineView,
  PayoutPageView,
  PayoutView,
  payoutView,
} from './finance.view';

/** How far back a ledger is shown where nobody says. */
const lookBack = { days: 31 } as const;

const windowOf = (
  { from, until }: { readonly from?: Instant; readonly until?: Instant },
  clock: Clock,
): { readonly from: Instant; readonly until: Instant } => {
  // Of this very moment, too.
  const end = until ?? after(clock.now(), { milliseconds: 1 });
  return { from: from ?? before(end, lookBack), until: end };
};

export const showFinanceTeam = (teams: FinanceTeams): Route =>
  route({
    method: 'GET',
    path: '/organizers/{organizerId}/finance-team',
    summary: 'Who sees and moves your money beside yourself',
    access: 'organizer',
    answers: { status: 200, description: 'Their addresses', body: FinanceTeamView },
    async handle({ principal, params: { organizerId = '' } }) {
      const team = await teams.show(callerFrom(principal), organizerId);
      return { status: 200, headers: { etag: etag(team.version) }, body: financeTeamView(team) };
    },
  });

export const nameFinanceTeam = (teams: FinanceTeams): Route =>
  route<FinanceTeamRequest>({
    method: 'PUT',
    path: '/organizers/{organizerId}/finance-team',
    summary: 'Say anew who they are',
    access: 'organizer',
    body: FinanceTeamRequest,
    ifMatch: 'required',
    answers: { status: 200, description: 'Their addresses', body: FinanceTeamView },
    async handle({ principal, params: { organizerId = '' }, body, ifMatch }) {
      const team = await teams.name(callerFrom(principal), organizerId, body.members, ifMatch);
      return { status: 200, headers: { etag: etag(team.version) }, body: financeTeamView(team) };
    },
  });

export const showBalances = (payouts: Payouts): Route =>
  route({
    method: 'GET',
    path: '/organizers/{organizerId}/balances',
    summary: 'What is owed to an organiser whose finance is yours',
    access: 'signed-in',
    answers: { status: 200, description: 'One a currency', body: BalancesView },
    async handle({ principal, params: { organizerId = '' } }) {
      return { status: 200, body: { items: await payouts.balances(callerFrom(principal), organizerId) } };
    },
  });

export const listPayouts = (payouts: Payouts): Route =>
  route<object, PageQuery>({
    method: 'GET',
    path: '/organizers/{organizerId}/payouts',
    summary: 'What was sent to an organiser whose finance is yours, newest first',
    access: 'signed-in',
    query: PageQuery,
    answers: { status: 200, description: 'A page of them', body: PayoutPageView },
    async handle({ principal, params: { organizerId = '' }, query: { limit, cursor } }) {
      const window = { limit: limit + 1, before: decodeCursor(cursor, 'payoutId')?.[0] };
      const found = await payouts.list(callerFrom(principal), organizerId, window);
      return { status: 200, body: page(found.map(payoutView), limit, (last) => [last.payoutId]) };
    },
  });

export const listDisputes = (money: MoneyShowing): Route =>
  route<object, PageQuery>({
    method: 'GET',
    path: '/organizers/{organizerId}/disputes',
    summary: 'What banks have taken back from an organiser whose finance is yours, newest first',
    access: 'signed-in',
    query: PageQuery,
    answers: { status: 200, description: 'A page of them', body: DisputePageView },
    async handle({ principal, params: { organizerId = '' }, query: { limit, cursor } }) {
      const window = { limit: limit + 1, before: decodeCursor(cursor, 'id')?.[0] };
      const found = await money.disputes(callerFrom(principal), organizerId, window);
      return { status: 200, body: page(found.map(disputeView), limit, (last) => [last.id]) };
    },
  });

export const recordPayout = (payouts: Payouts): Route =>
  route<PayoutRequest>({
    method: 'POST',
    path: '/organizers/{organizerId}/payouts',
    summary: 'Record what the platform has sent to an organiser; never more than is owed',
    access: 'admin',
    body: PayoutRequest,
    idempotencyKey: 'required',
    answers: { status: 201, description: 'The payout', body: PayoutView },
    async handle({ params: { organizerId = '' }, body, idempotency }) {
      const { amountMinor, currency, reference } = body;
      const amount = { amountMinor, currency };
      const payout = await payouts.record({ organizerId, amount, reference, request: idempotency });
      return { status: 201, body: payoutView(payout) };
    },
  });

export const showEventFinance = (money: MoneyShowing): Route =>
  route({
    method: 'GET',
    path: '/events/{eventId}/finance',
    summary: 'What an event of yours has sold and given back, in all and by ticket type',
    access: 'signed-in',
    answers: { status: 200, description: 'One a currency', body: EventFinanceView },
    async handle({ principal, params: { eventId = '' } }) {
      return {
        status: 200,
        body: eventFinanceView(await money.event(callerFrom(principal), eventId)),
      };
    },
  });

export const listEventOrders = (money: MoneyShowing): Route =>
  route<object, EventOrdersQuery>({
    method: 'GET',
    path: '/events/{eventId}/orders',
    summary: 'The orders of an event of yours, newest first',
    access: 'signed-in',
    query: EventOrdersQuery,
    answers: { status: 200, description: 'A page of them', body: EventOrderPageView },
    async handle({ principal, params: { eventId = '' }, query: { limit, cursor, state, email } }) {
      const wanted = { state, email, limit: limit + 1, before: decodeCursor(cursor, 'orderId')?.[0] };
      const orders = await money.orders(callerFrom(principal), eventId, wanted);
      return { status: 200, body: page(orders.map(eventOrderView), limit, (last) => [last.orderId]) };
    },
  });

export const showLedger = (money: MoneyShowing, clock: Clock): Route =>
  route<object, LedgerQuery>({
    method: 'GET',
    path: '/ledger',
    summary: 'Every movement on an organiser’s account, oldest first',
    access: 'signed-in',
    query: LedgerQuery,
    answers: { status: 200, description: 'A page of them', body: LedgerPageView },
    async handle({ principal, query: { limit, cursor, organizerId = principal.userId, ...times } }) {
      const seen = decodeCursor(cursor, 'recordedAt', 'transactionId');
      const window = { ...windowOf(times, clock), limit: limit + 1, after: seen };
      const lines = await money.ledger(callerFrom(principal), organizerId, window);
      const body = page(lines.map(ledgerLineView), limit, (last) => [last.recordedAt, last.transactionId]);
      return { status: 200, body };
    },
  });

export const downloadLedger = (money: MoneyShowing, clock: Clock): Route =>
  route<object, LedgerTableQuery>({
    method: 'GET',
    path: '/ledger.csv',
    summary: 'The same as a table',
    access: 'signed-in',
    query: LedgerTableQuery,
    answers: { status: 200, description: 'RFC 4180, amounts as decimals', contentType: 'text/csv' },
    async handle({ principal, query: { organizerId = principal.userId, ...times } }) {
      const lines = await money.wholeLedger(callerFrom(principal), organizerId, windowOf(times, clock));
      const rows = lines.map(({ transactionId, recordedAt, amount, orderId, eventTitle }) => [
        recordedAt,
        kindOf(transactionId),
        transactionId,
        amount,
        amount.currency,
        orderId,
        eventTitle,
      ]);
      const headers = {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': 'attachment; filename="ledger.csv"',
      };
      const header = ['recordedAt', 'kind', 'transactionId', 'amount', 'currency', 'orderId', 'event'];
      return { status: 200, headers, bytes: csv(header, rows) };
    },
  });
