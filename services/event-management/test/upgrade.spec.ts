import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { embeddedPlatform } from '@boxoffice/shared/platform/embedded';
import { createDispatcher } from '@boxoffice/shared/http';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { idempotentRequest } from '../../../shared/src/http/idempotency';
import { RecordingTelemetry } from '../../../shared/test/doubles/recording-telemetry';
import { compose } from '../src/main';
import { draft } from './stage';

/** What an earlier release has written is read by this one. */
describe('a database from before pools, seats and terms of sale', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'boxoffice-upgrade-'));
  const platform = embeddedPlatform({ dataDir: folder, telemetry: new RecordingTelemetry() });
  const service = compose(platform, { calendarDomain: 'x.example' });
  const olivia = {
    userId: 'olivia',
    name: 'Olivia',
    email: 'olivia@example.org',
    roles: ['organizer'] as const,
  };
  const dispatch = createDispatcher([service], {
    authenticate: () => olivia,
    telemetry: platform.telemetry,
    clock: platform.clock,
  });
  const ask = async (method: string, url: string, headers = {}, body: object = {}) => {
    const bytes = method === 'GET' ? new Uint8Array() : Buffer.from(JSON.stringify(body));
    const reply = await dispatch({ method, url: `/api/v1${url}`, headers, body: bytes });
    return { status: reply.status, body: JSON.parse(String(reply.body)) as object };
  };

  const eventId = '01jv0h5c9n3yq8t6w2b4d7f1ga';
  const ids = { venueId: '01jv0h5c9nvvvvvvvvvvvvvvvv', categoryId: '01jv0h5c9ncccccccccccccccc' };
  const row = {
    ...{ eventId, organizerId: 'olivia', version: 2, state: 'draft', slug: 'winterreise' },
    ...{ title: 'Winterreise', summary: '', description: '', holdMinutes: 15, currency: 'EUR' },
    ...{ startsAt: '2027-02-12T18:30:00.000Z', endsAt: '2027-02-12T20:15:00.000Z', lowestPriceMinor: 4800 },
    ...{ venueName: 'Konzerthaus', venueAddress: 'Wien', city: 'Wien', cityKey: '', country: 'AT' },
    ...{ timeZone: 'Europe/Vienna', categoryName: 'Classical', createdAt: '2027-01-04T09:00:00.000Z' },
    ...{ publishedAt: null, ...ids },
  };
  const stalls = {
    ...{ ticketTypeId: '01jv0h5c9n8m1s4k7p0r3v6x9z', eventId, position: 0, name: 'Stalls', description: '' },
    ...{ priceMinor: 4800, capacity: 240, salesFrom: null, salesUntil: null, minPerOrder: 1, maxPerOrder: 8 },
  };
  const body = draft(ids, { title: 'Commas and "ticketTypes":[ in a title' });
  const answered = {
    ...{ eventId, organizerId: 'olivia', version: 1, status: { is: 'draft' }, slug: 'winterreise' },
    ...{ details: { ...body, holdMinutes: 15 }, category: { categoryId: ids.categoryId, name: 'Classical' } },
    place: {
      venueId: ids.venueId,
      name: '',
      address: '',
      city: '',
      country: 'AT',
      timeZone: 'Europe/Vienna',
    },
    ...{ ticketTypes: [], createdAt: '2027-01-04T09:00:00.000Z' },
  };

  beforeAll(async () => {
    await platform.migrate({
      ...service,
      migrations: service.migrations.filter(({ name }) => name < '0002'),
    });
    const request = idempotentRequest('olivia', 'POST', '/events', 'before', body);
    await platform.database<Record<string, object>>('event-management').transaction(async (tx) => {
      await tx.insertInto('event').values(row).execute();
      await tx.insertInto('ticketType').values(stalls).execute();
      await tx
        .insertInto('idempotency')
        .values({
          requestKey: request.key,
          fingerprint: request.fingerprint,
          reply: JSON.stringify({ status: 200, body: answered }),
          answeredAt: '2027-01-04T09:00:00.000Z',
        })
        .execute();
    });
    await platform.migrate(service);
  });
  afterAll(async () => {
    await platform.close();
    rmSync(folder, { recursive: true });
  });

  it('still has its events and ticket types', async () => {
    expect(await ask('GET', `/events/${eventId}`)).toMatchObject({
      status: 200,
      body: { title: 'Winterreise', ticketTypes: [{ name: 'Stalls' }], pools: [], seated: false, terms: {} },
    });
  });

  it('still has the answers that it has given', async () => {
    const headers = { 'content-type': 'application/json', 'idempotency-key': 'before' };
    expect(await ask('POST', '/events', headers, body)).toMatchObject({
      status: 201,
      body: { title: body.title, pools: [], seated: false, terms: {} },
    });
  });
});
