import type { IssuedPaper } from '@boxoffice/shared/contracts';
import { LanguageQuery, languagesWanted, route, type Reply, type Route } from '@boxoffice/shared/http';
import { localeOf, type Press, type SaleFacts } from '@boxoffice/shared/papers';
import type { OrderPapers } from '../core/papers/order-papers';
import { callerFrom } from './caller';
import { CreditNotesView, creditNoteView } from './credit-note.view';

type Headers = Readonly<Record<string, string | undefined>>;

export const printInvoice = (papers: OrderPapers, press: Press, as: 'receipt' | 'invoice'): Route =>
  route<object, LanguageQuery>({
    method: 'GET',
    path: `/orders/{orderId}/${as}.pdf`,
    summary: `The ${as} of an order of yours, or of one that you sold, once its tickets are issued`,
    access: 'signed-in',
    query: LanguageQuery,
    answers: { status: 200, description: `The ${as}`, contentType: 'application/pdf' },
    async handle({ principal, params, query, headers }) {
      const paper = await papers.invoice(callerFrom(principal), params['orderId'] ?? '');
      return printed(press, paper, as, query, headers);
    },
  });

export const listCreditNotes = (papers: OrderPapers): Route =>
  route({
    method: 'GET',
    path: '/orders/{orderId}/credit-notes',
    summary: 'What was given back of an order of yours, or of one that you sold, and its papers',
    access: 'signed-in',
    answers: { status: 200, description: 'Oldest first', body: CreditNotesView },
    async handle({ principal, params }) {
      const notes = await papers.creditNotes(callerFrom(principal), params['orderId'] ?? '');
      return { status: 200, body: { items: notes.map(creditNoteView) } };
    },
  });

export const printCreditNote = (papers: OrderPapers, press: Press): Route =>
  route<object, LanguageQuery>({
    method: 'GET',
    path: '/orders/{orderId}/credit-notes/{number}.pdf',
    summary: 'One of them to print',
    access: 'signed-in',
    query: LanguageQuery,
    answers: { status: 200, description: 'The credit note', contentType: 'application/pdf' },
    async handle({ principal, params, query, headers }) {
      const { orderId = '', number = '' } = params;
      const paper = await papers.creditNote(callerFrom(principal), orderId, number);
      return printed(press, paper, 'credit-note', query, headers);
    },
  });

async function printed(
  press: Press,
  paper: IssuedPaper,
  as: SaleFacts['as'],
  query: LanguageQuery,
  headers: Headers,
): Promise<Reply> {
  const locale = localeOf(...languagesWanted(query.lang, headers['accept-language']), paper.locale);
  const bytes = await press.sale({ paper, as, locale });
  return {
    status: 200,
    headers: {
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="${as}-${paper.number}.pdf"`,
      'cache-control': 'private, no-store',
    },
    bytes,
  };
}
