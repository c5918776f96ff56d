import { decodeCursor, page, PageQuery, route, type Plain, type Route } from '@boxoffice/shared/http';
import type { AdmitTicket } from '../core/admit-ticket';
import type { MergeScans } from '../core/merge-scans';
import type { WatchAdmissions } from '../core/watch-admissions';
import { AdmissionRequestBody, UploadRequest } from './admissions.request';
import {
  admissionView,
  AdmissionView,
  ConflictsView,
  conflictView,
  mergedView,
  MergedView,
} from './admissions.view';
import { holderOf } from './holder';

export const admitTicket = (useCase: AdmitTicket): Route =>
  route<AdmissionRequestBody>({
    method: 'POST',
    path: '/admissions',
    summary:
      'Somebody stands at a gate with a code: whether to let them through, as organiser or steward of the event',
    access: 'signed-in',
    body: AdmissionRequestBody,
    answers: { status: 200, description: 'Accepted, or refused and why', body: AdmissionView },
    async handle({ body: { eventId, code, gateId, nonce, direction, scannedAt }, principal }) {
      const who = holderOf(principal);
      const admission = await useCase.admit({ eventId, who, code, gateId, nonce, direction, scannedAt });
      return { status: 200, body: admissionView(admission) };
    },
  });

export const mergeScans = (useCase: MergeScans): Route =>
  route<UploadRequest>({
    method: 'POST',
    path: '/admissions/batch',
    summary: 'What a scanner decided while it had no network: safe to repeat, in any order',
    access: 'signed-in',
    body: UploadRequest,
    bodyLimit: 256 * 1024,
    answers: { status: 200, description: 'What each scan is now, and conflicts', body: MergedView },
    async handle({ body: { eventId, deviceId, scans }, principal }) {
      const claims = scans.map(({ code, gateId, nonce, direction, scannedAt, result, reason }) => ({
        ...{ code, gateId, nonce, direction, at: scannedAt },
        reason: result === 'refused' ? reason : undefined,
      }));
      const merged = await useCase.merge({ eventId, who: holderOf(principal), deviceId, scans: claims });
      return { status: 200, body: mergedView(merged) };
    },
  });

export const listConflicts = (query: WatchAdmissions): Route =>
  route<object, PageQuery>({
    method: 'GET',
    path: '/events/{eventId}/admissions/conflicts',
    summary: 'Who was let through without a network and should not have been, by when that was',
    access: 'signed-in',
    query: PageQuery,
    answers: { status: 200, description: 'A page of conflicts', body: ConflictsView },
    async handle({ params: { eventId = '' }, principal, query: { limit, cursor } }) {
      const [at, nonce] = decodeCursor(cursor, '', '') ?? [];
      const after = at === undefined || nonce === undefined ? undefined : { at, nonce };
      const found = await query.conflicts(eventId, holderOf(principal), { after, limit: limit + 1 });
      const body: Plain<ConflictsView> = page(found.map(conflictView), limit, ({ passage }) => [
        passage.at,
        passage.nonce,
      ]);
      return { status: 200, body };
    },
  });
