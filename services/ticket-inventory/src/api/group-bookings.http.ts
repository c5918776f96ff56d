import { apiBase, route, type Route } from '@boxoffice/shared/http';
import type { BookGroup } from '../core/book-group';
import type { ClaimPart } from '../core/claim-part';
import type { FindGroup } from '../core/find-group';
import type { ReleaseGroup } from '../core/release-group';
import { BookGroupRequest, ClaimPartRequest } from './group-bookings.request';
import { GroupView, groupView, NewGroupView, newGroupView } from './group-bookings.view';
import { markOf } from './hold-tickets.http';
import { NewHoldView, newHoldView } from './hold.view';

export const bookGroup = (useCase: BookGroup): Route =>
  route<BookGroupRequest>({
    method: 'POST',
    path: '/group-bookings',
    summary: 'Hold tickets for people who each pay for their own part; all of them are bought, or none',
    access: 'signed-in',
    body: BookGroupRequest,
    idempotencyKey: 'required',
    answers: { status: 201, description: 'The group, with an invitation for each part', body: NewGroupView },
    async handle({ body, principal, idempotency }) {
      const { eventId, parts, accessCode } = body;
      const mark = markOf(idempotency);
      const booked = await useCase.book({ eventId, userId: principal.userId, parts, accessCode, mark });
      const headers = { location: `${apiBase}/group-bookings/${booked.group.groupId}` };
      return { status: 201, headers, body: newGroupView(booked) };
    },
  });

export const claimPart = (useCase: ClaimPart): Route =>
  route<ClaimPartRequest>({
    method: 'POST',
    path: '/group-bookings/{groupId}/parts/{part}/claim',
    summary:
      'Take over a part of a group by its invitation, to pay for it; the first has it, and safe to repeat',
    access: 'signed-in',
    body: ClaimPartRequest,
    answers: {
      status: 200,
      description: 'The hold of that part, with the token that an order is placed with',
      body: NewHoldView,
    },
    async handle({ params, principal, body: { invitation } }) {
      const { groupId = '', part = '' } = params;
      const { userId } = principal;
      const claimed = await useCase.claim({ groupId, part: partIn(part), invitation, userId });
      return { status: 200, body: newHoldView(claimed) };
    },
  });

/** 0, which no part has, for what is no number of one. */
const partIn = (text: string): number => (/^[1-9]\d?$/.test(text) ? Number(text) : 0);

export const findGroup = (query: FindGroup): Route =>
  route({
    method: 'GET',
    path: '/group-bookings/{groupId}',
    summary: 'How far a group is that you lead or have a part in; a day after its end it is forgotten',
    access: 'signed-in',
    answers: {
      status: 200,
      description: 'Which parts are claimed and paid, and until when',
      body: GroupView,
    },
    async handle({ params, principal }) {
      return { status: 200, body: groupView(await query.find(params['groupId'] ?? '', principal.userId)) };
    },
  });

export const releaseGroup = (useCase: ReleaseGroup): Route =>
  route({
    method: 'DELETE',
    path: '/group-bookings/{groupId}',
    summary: 'Give up a group that you lead; who has paid for a part gets the money back. Safe to repeat',
    access: 'signed-in',
    answers: { status: 200, description: 'The group, which holds nothing any more', body: GroupView },
    async handle({ params, principal }) {
      return {
        status: 200,
        body: groupView(await useCase.release(params['groupId'] ?? '', principal.userId)),
      };
    },
  });
