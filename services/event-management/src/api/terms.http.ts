import { etag, route, type Route } from '@boxoffice/shared/http';
import type { Showing } from '../core/show-event';
import type { TermsOfSale } from '../core/write-terms';
import { termsDetailsOf, TermsRequest } from './terms.request';
import { TermsView } from './terms.view';

export const showTerms = (showing: Showing): Route =>
  route({
    method: 'GET',
    path: '/events/{eventId}/terms',
    summary: 'At what terms tickets of an event of yours are sold: seller, tax, fees, questions',
    access: 'organizer',
    answers: { status: 200, description: 'The terms; the ETag is the event’s.', body: TermsView },
    async handle({ params: { eventId = '' }, principal }) {
      const { terms, version } = await showing.own(eventId, principal.userId);
      return { status: 200, headers: { etag: etag(version) }, body: terms };
    },
  });

export const writeTerms = (termsOfSale: TermsOfSale): Route =>
  route<TermsRequest>({
    method: 'PUT',
    path: '/events/{eventId}/terms',
    summary: 'Write the terms of sale anew, of a draft or of a published event; If-Match takes its ETag',
    access: 'organizer',
    body: TermsRequest,
    ifMatch: 'required',
    answers: { status: 200, description: 'The terms; the ETag is the event’s.', body: TermsView },
    async handle({ params: { eventId = '' }, body, principal, ifMatch }) {
      const change = { eventId, organizerId: principal.userId, seenVersion: ifMatch };
      const { terms, version } = await termsOfSale.write(change, termsDetailsOf(body));
      return { status: 200, headers: { etag: etag(version) }, body: terms };
    },
  });
