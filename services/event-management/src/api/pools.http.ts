import { etag, route, type Route } from '@boxoffice/shared/http';
import type { Pools } from '../core/define-pools';
import type { Showing } from '../core/show-event';
import { PoolRequest } from './pool.request';
import { PoolsView, PoolView } from './pool.view';

export const addPool = (pools: Pools): Route =>
  route<PoolRequest>({
    method: 'POST',
    path: '/events/{eventId}/pools',
    summary: 'Add a pool to a draft: a capacity that several ticket types share',
    access: 'organizer',
    body: PoolRequest,
    idempotencyKey: 'required',
    answers: { status: 201, description: 'The pool; the ETag is the event’s.', body: PoolView },
    async handle({ params: { eventId = '' }, body: { name, capacity }, principal, idempotency }) {
      const details = { name, capacity };
      const { event, pool } = await pools.add(eventId, principal.userId, details, idempotency);
      const location = `/api/v1/events/${eventId}/pools/${pool.poolId}`;
      return { status: 201, headers: { etag: etag(event.version), location }, body: pool };
    },
  });

export const listPools = (showing: Showing): Route =>
  route({
    method: 'GET',
    path: '/events/{eventId}/pools',
    summary: 'The pools of an event of yours',
    access: 'organizer',
    answers: { status: 200, description: 'All of them; the ETag is the event’s.', body: PoolsView },
    async handle({ params: { eventId = '' }, principal }) {
      const event = await showing.own(eventId, principal.userId);
      return { status: 200, headers: { etag: etag(event.version) }, body: { items: event.pools } };
    },
  });

export const changePool = (pools: Pools): Route =>
  route<PoolRequest>({
    method: 'PUT',
    path: '/events/{eventId}/pools/{poolId}',
    summary: 'Write a pool of a draft anew; If-Match takes the event’s ETag',
    access: 'organizer',
    body: PoolRequest,
    ifMatch: 'required',
    answers: { status: 200, description: 'The pool; the ETag is the event’s.', body: PoolView },
    async handle({ params: { eventId = '', poolId = '' }, body: { name, capacity }, principal, ifMatch }) {
      const change = { eventId, poolId, organizerId: principal.userId, seenVersion: ifMatch };
      const { event, pool } = await pools.rewrite(change, { name, capacity });
      return { status: 200, headers: { etag: etag(event.version) }, body: pool };
    },
  });

export const removePool = (pools: Pools): Route =>
  route({
    method: 'DELETE',
    path: '/events/{eventId}/pools/{poolId}',
    summary: 'Remove a pool that no ticket type shares from a draft; If-Match takes the event’s ETag',
    access: 'organizer',
    ifMatch: 'required',
    answers: { status: 204, description: 'It is gone; the ETag is the event’s.' },
    async handle({ params: { eventId = '', poolId = '' }, principal, ifMatch }) {
      const change = { eventId, poolId, organizerId: principal.userId, seenVersion: ifMatch };
      const event = await pools.remove(change);
      return { status: 204, headers: { etag: etag(event.version) } };
    },
  });
