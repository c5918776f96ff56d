import { decodeCursor, page, PageQuery, route, type Route } from '@boxoffice/shared/http';
import type { Instant } from '@boxoffice/shared/kernel';
import type { CreditBooking } from '../core/bank-transfer/book-credits';
import type { Instructing } from '../core/bank-transfer/instruct';
import type { Transfers } from '../core/bank-transfer/ports';
import type { SendingBack } from '../core/bank-transfer/send-back';
import { AssignCreditRequest, BankStatementRequest, type CreditRequest } from './bank-transfer.request';
import {
  BookedStatementView,
  CreditPageView,
  CreditView,
  creditView,
  DueTransferPageView,
  dueTransferView,
  instructionsView,
  OutgoingView,
  outgoingView,
  TransferInstructionsView,
} from './bank-transfer.view';

export const getTransferInstructions = (instructing: Instructing): Route =>
  route({
    method: 'GET',
    path: '/payments/{paymentId}/transfer-instructions',
    summary: 'Where to send the money of a payment of yours by bank transfer',
    access: 'signed-in',
    answers: { status: 200, description: 'Account, amount and reference', body: TransferInstructionsView },
    async handle({ principal, params }) {
      const instructions = await instructing.of(principal.userId, params['paymentId'] ?? '');
      return { status: 200, body: instructionsView(instructions) };
    },
  });

export const bookStatement = (booking: CreditBooking): Route =>
  route<BankStatementRequest>({
    method: 'POST',
    path: '/bank-statements',
    summary: 'Take in what has come into the account; entries that are known change nothing',
    access: 'admin',
    body: BankStatementRequest,
    bodyLimit: 512 * 1024,
    answers: { status: 200, description: 'What became of each entry', body: BookedStatementView },
    async handle({ body }) {
      const credits = [];
      // One after another: two may pay the same, and each is a commit of its own, so a repeat goes on where this ended.
      for (const credit of body.credits)
        credits.push({ bankId: credit.bankId, result: await booking.book(bookedCredit(credit)) });
      return { status: 200, body: { credits } };
    },
  });

export const listUnmatched = (transfers: Transfers): Route =>
  route<object, PageQuery>({
    method: 'GET',
    path: '/bank-statements/unmatched',
    summary: 'Credits of which nobody knows what they are for, oldest first',
    access: 'admin',
    query: PageQuery,
    answers: { status: 200, description: 'A page of them', body: CreditPageView },
    async handle({ query: { limit, cursor } }) {
      const after = decodeCursor(cursor, 'creditId')?.[0];
      const credits = await transfers.unmatched({ limit: limit + 1, after });
      return { status: 200, body: page(credits.map(creditView), limit, (last) => [last.creditId]) };
    },
  });

export const assignCredit = (booking: CreditBooking): Route =>
  route<AssignCreditRequest>({
    method: 'POST',
    path: '/bank-statements/unmatched/{creditId}/assign',
    summary: 'Say which payment a credit is for',
    access: 'admin',
    body: AssignCreditRequest,
    answers: { status: 200, description: 'The credit, assigned now or before', body: CreditView },
    async handle({ principal, params, body }) {
      const credit = await booking.assign(params['creditId'] ?? '', body.paymentId, principal.userId);
      return { status: 200, body: creditView(credit) };
    },
  });

export const returnCredit = (booking: CreditBooking): Route =>
  route({
    method: 'POST',
    path: '/bank-statements/unmatched/{creditId}/return',
    summary: 'Have a credit sent back that is for nothing here',
    access: 'admin',
    answers: { status: 200, description: 'The credit, to be returned', body: CreditView },
    async handle({ principal, params }) {
      const credit = await booking.giveBack(params['creditId'] ?? '', principal.userId);
      return { status: 200, body: creditView(credit) };
    },
  });

export const listDueTransfers = (transfers: Transfers): Route =>
  route<object, PageQuery>({
    method: 'GET',
    path: '/bank-transfers/due',
    summary: 'Transfers that a person is to make at the bank, oldest first',
    access: 'admin',
    query: PageQuery,
    answers: { status: 200, description: 'A page of them', body: DueTransferPageView },
    async handle({ query: { limit, cursor } }) {
      const after = decodeCursor(cursor, 'outgoingId')?.[0];
      const due = await transfers.due({ limit: limit + 1, after });
      return { status: 200, body: page(due.map(dueTransferView), limit, (last) => [last.outgoingId]) };
    },
  });

export const transferDone = (sending: SendingBack): Route =>
  route({
    method: 'POST',
    path: '/bank-transfers/{outgoingId}/done',
    summary: 'Say that a transfer was made at the bank',
    access: 'admin',
    answers: { status: 200, description: 'Done, now or before', body: OutgoingView },
    async handle({ principal, params }) {
      return {
        status: 200,
        body: outgoingView(await sending.done(params['outgoingId'] ?? '', principal.userId)),
      };
    },
  });

const bookedCredit = ({ amountMinor, currency, payerName, payerIban, ...credit }: CreditRequest) => ({
  bankId: credit.bankId,
  remittance: credit.remittance,
  bookedAt: credit.bookedAt as Instant,
  amount: { amountMinor, currency },
  payer: { name: payerName, iban: payerIban },
});
