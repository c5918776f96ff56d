import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DocumentFault, Operation } from '../src/documents';
import {
  closeCosmos,
  cosmosContainer,
  createContainers,
  type CosmosSettings,
} from '../src/platform/azure/cosmos';
import {
  containerContract,
  contractContainers,
  type DocumentsUnderTest,
} from './contract/container.contract';
import { CosmosDouble } from './doubles/cosmos';

const specs = Object.values(contractContainers);
const database = 'contract';

const over = (settings: CosmosSettings, rest: Omit<DocumentsUnderTest, 'container'>): DocumentsUnderTest => ({
  container: (spec) => cosmosContainer(settings, spec),
  ...rest,
});

containerContract('the Cosmos DB SDK over a loopback double', async () => {
  const double = await CosmosDouble.start();
  const settings = { endpoint: double.endpoint, key: double.key, database };
  await createContainers(settings, specs);
  return over(settings, {
    advance: async (milliseconds) => double.advance(milliseconds),
    close: async () => {
      await closeCosmos();
      await double.close();
    },
  });
});

const { COSMOS_ENDPOINT: endpoint, COSMOS_KEY: key } = process.env;
if (endpoint === undefined) {
  it.skip('skipped: no Cosmos DB named by COSMOS_ENDPOINT (and COSMOS_KEY, where it has keys)', () =>
    undefined);
} else {
  containerContract(`Cosmos DB at ${endpoint}`, async () => {
    const settings = {
      endpoint,
      database: process.env['COSMOS_DATABASE'] ?? database,
      ...(key !== undefined && { key }),
    };
    if (key !== undefined) await createContainers(settings, specs); // an identity may not; Bicep has made them
    return over(settings, { advance: (milliseconds) => sleep(milliseconds), close: closeCosmos });
  });
}

describe('a container on Cosmos DB', () => {
  let double: CosmosDouble;
  let settings: CosmosSettings;
  const container = (over: Partial<CosmosSettings> = {}) =>
    cosmosContainer({ ...settings, ...over }, contractContainers.brief);
  const collection = () => double.collection(database, contractContainers.brief.name);
  const created = (id: string): Operation => ({ kind: 'create', id, body: { value: 1 } });
  const fenced = (id: string, ifMatch: string): Operation => ({
    kind: 'replace',
    id,
    body: { value: 2 },
    ifMatch,
  });

  beforeAll(async () => {
    double = await CosmosDouble.start();
    settings = {
      endpoint: double.endpoint,
      key: double.key,
      database,
      callMilliseconds: 2000,
      tryMilliseconds: 300,
    };
    await createContainers(settings, specs);
  });
  afterEach(() => {
    double.recover();
    collection().lagging = false;
    collection().largestPage = 1000;
  });
  afterAll(async () => {
    await closeCosmos();
    await double.close();
  });

  const fault = (call: Promise<unknown>): Promise<DocumentFault> =>
    call.then(
      () => Promise.reject(new Error('not refused')),
      (error: unknown) => error as DocumentFault,
    );

  it('waits as a 429 bids, a few times, and then tells the caller how long to wait', async () => {
    double.fail({ on: 'write', status: 429, retryAfterMilliseconds: 5, times: 3 });
    await container().write('throttled', [created('a')]);
    double.fail({ on: 'write', status: 429, retryAfterMilliseconds: 7, times: 4 });
    const { reason, retryAfterMilliseconds } = await fault(container().write('throttled', [created('b')]));
    expect([reason, retryAfterMilliseconds]).toEqual(['TooManyRequests', 7]);
    expect(await container().read('throttled', 'b')).toBeUndefined();
  });

  it('takes a 429 of one operation for one of the batch', async () => {
    double.fail({ on: 'write', operationStatus: 429, retryAfterMilliseconds: 9 });
    const { reason, retryAfterMilliseconds } = await fault(
      container().write('throttled', [created('c'), created('d')]),
    );
    expect([reason, retryAfterMilliseconds]).toEqual(['TooManyRequests', 9]);
  });

  it.each([{ status: 449 }, { operationStatus: 449 }])(
    'takes %p for a 412 where there is an etag to read again',
    async (answer) => {
      const partition = `met ${JSON.stringify(answer)}`;
      const [etag = ''] = await container().write(partition, [created('a')]);
      double.fail({ on: 'write', ...answer });
      expect((await fault(container().write(partition, [fenced('a', etag)]))).reason).toBe(
        'PreconditionFailed',
      );
      double.fail({ on: 'write', ...answer });
      expect((await fault(container().write(partition, [created('b')]))).reason).toBe('TooManyRequests');
      expect((await container().list(partition)).map(({ etag }) => etag)).toEqual([etag]);
    },
  );

  it.each([
    { status: 503 },
    { status: 503, empty: true as const },
    { status: 408 },
    { status: 500 },
    { drop: 'before' as const },
    { drop: 'after' as const },
    { silence: 'before' as const },
    { silence: 'after' as const },
  ])('cannot tell the outcome of a write that met %p, and does not send it again', async (trouble) => {
    const partition = `trouble ${JSON.stringify(trouble)}`;
    double.fail({ on: 'write', ...trouble });
    const before = double.arrived.write;
    expect((await fault(container().write(partition, [created('a')]))).reason).toBe('OutcomeUnknown');
    expect(double.arrived.write).toBe(before + 1);
    const applied = Object.values(trouble).includes('after');
    expect((await container().read(partition, 'a')) !== undefined).toBe(applied);
  });

  it('asks again when a read was not answered', async () => {
    await container().write('unheard', [created('a')]);
    double.fail({ on: 'read', drop: 'before' });
    expect(await container().read('unheard', 'a')).toBeDefined();
  });

  it('gives a read up at its deadline', async () => {
    double.fail({ on: 'read', silence: 'before', times: 9 });
    const impatient = container({ callMilliseconds: 200 });
    expect((await fault(impatient.read('unheard', 'a'))).reason).toBe('OutcomeUnknown');
  });

  it('says so when the server is gone', async () => {
    const gone = await CosmosDouble.start();
    const there = { ...settings, endpoint: gone.endpoint };
    await createContainers(there, specs);
    await gone.close();
    const write = cosmosContainer(there, contractContainers.brief).write('p', [created('a')]);
    expect((await fault(write)).reason).toBe('OutcomeUnknown');
  });

  it('tells a container that is missing from a document that is missing', async () => {
    const missing = cosmosContainer(settings, { name: 'nowhere', ttl: false });
    const calls = [
      missing.read('p', 'a'),
      missing.write('p', [created('a')]),
      missing.list('p'),
      missing.changes(undefined, 10),
    ];
    for (const error of await Promise.all(calls.map(fault)))
      expect(String(error)).toMatch(/there is no such container on Cosmos DB. nowhere/);
  });

  it('lets the state of a session travel, so that a replica that lags does not hide what was written', async () => {
    collection().lagging = true;
    const [etag = ''] = await container().write('session', [created('a')]);
    expect((await container().read('session', 'a'))?.etag).toBe(etag);
    const [next = ''] = await container().write('session', [fenced('a', etag)]);
    expect((await container().list('session')).map((one) => one.etag)).toEqual([next]);
  });

  it('goes on asking when a page of a list comes short', async () => {
    await container().write(
      'short',
      Array.from({ length: 10 }, (_, at) => created(`d-${at}`)),
    );
    collection().largestPage = 3;
    expect(await container().list('short')).toHaveLength(10);
    expect((await container().list('short', { limit: 7 })).map(({ id }) => id)).toEqual(
      Array.from({ length: 7 }, (_, at) => `d-${at}`),
    );
    expect(await container().list('short', { limit: 0 })).toEqual([]);
  });

  it('repeats a page of changes to whoever asks again from the same place', async () => {
    const reader = container();
    await reader.write('repeated', [created('a'), created('b'), created('c')]);
    let page = await reader.changes(undefined, 1000);
    while (page.documents.length > 0) page = await reader.changes(page.continuation, 1000);
    await reader.write('repeated', [created('d'), created('e'), created('f')]);
    const first = await reader.changes(page.continuation, 2);
    expect(first.documents.map(({ id }) => id)).toEqual(['d', 'e']);
    expect(await reader.changes(page.continuation, 2)).toEqual(first);
    const second = await container().changes(first.continuation, 2);
    expect(second.documents.map(({ id }) => id)).toEqual(['f']);
    double.fail({ on: 'changes', status: 400 });
    expect((await fault(reader.changes(page.continuation, 2))).reason).toBe('BadRequest');
    expect(await reader.changes(page.continuation, 2)).toEqual(first);
  });

  it('costs what Microsoft says: a hold and its allotment, about 16 RU', async () => {
    const [etag = ''] = await container().write('costs', [created('allotment')]);
    const before = double.charged;
    await container().write('costs', [fenced('allotment', etag), created('hold')]);
    expect(double.charged - before).toBeCloseTo(10.3 + 5.55);
  });
});
