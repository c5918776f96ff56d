import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { BatchOperation, Json } from './documents';
import { CosmosDouble } from './index';

/** What the double must refuse, asked over bare HTTP: an SDK would hold much of it back. */
describe('the double of Cosmos DB', () => {
  let double: CosmosDouble;
  let partition = '';
  let tests = 0;

  async function ask(method: string, path: string, headers: Record<string, string> = {}, body?: unknown) {
    const response = await fetch(double.endpoint + path, {
      method,
      headers: { authorization: 'type=master', ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: (text === '' ? undefined : JSON.parse(text)) as unknown,
    };
  }
  const docs = 'dbs/own/colls/things/docs';
  const at = (key = partition) => ({ 'x-ms-documentdb-partitionkey': JSON.stringify([key]) });
  const asBatch = { 'x-ms-cosmos-is-batch-request': 'True', 'x-ms-cosmos-batch-atomic': 'True' };
  const batch = (...operations: BatchOperation[]) => ask('POST', docs, { ...at(), ...asBatch }, operations);
  const statuses = async (...operations: BatchOperation[]): Promise<number[]> =>
    ((await batch(...operations)).body as { statusCode: number }[]).map(({ statusCode }) => statusCode);
  const create = (id: string, more: Json = {}): BatchOperation => ({
    operationType: 'Create',
    resourceBody: { id, partition, ...more },
  });
  const read = (id: string, key?: string) => ask('GET', `${docs}/${encodeURIComponent(id)}`, at(key));
  const query = (text: string, more: Record<string, string> = {}) =>
    ask(
      'POST',
      docs,
      { ...at(), 'x-ms-documentdb-isquery': 'true', ...more },
      { query: text, parameters: [] },
    );
  const changes = (range: string, since?: string) =>
    ask('GET', docs, {
      'a-im': 'Incremental Feed',
      'x-ms-documentdb-partitionkeyrangeid': range,
      'x-ms-max-item-count': '2',
      ...(since !== undefined && { 'if-none-match': since }),
    });

  beforeAll(async () => {
    double = await CosmosDouble.start();
    await ask('POST', 'dbs', {}, { id: 'own' });
    await ask(
      'POST',
      'dbs/own/colls',
      {},
      { id: 'things', partitionKey: { paths: ['/partition'] }, defaultTtl: -1 },
    );
    await ask('POST', 'dbs/own/colls', {}, { id: 'without-ttl', partitionKey: { paths: ['/partition'] } });
  });
  afterAll(() => double.close());
  beforeEach(() => {
    partition = `p${(tests += 1)}`;
  });

  it('refuses whoever does not say who they are', async () => {
    expect((await ask('GET', docs, { authorization: '' })).status).not.toBe(200);
    expect((await fetch(double.endpoint)).status).toBe(401);
  });

  it('refuses a stale etag with 412, and the rest of its batch with 424', async () => {
    await batch(create('a'));
    const stale = {
      operationType: 'Replace',
      id: 'a',
      resourceBody: { id: 'a', partition },
      ifMatch: '"old"',
    };
    expect(await statuses(create('b'), stale, create('c'))).toEqual([424, 412, 424]);
    expect((await read('b')).status).toBe(404);
  });

  it('refuses a second document of one id with 409, also within one batch', async () => {
    expect(await statuses(create('a'), create('a'))).toEqual([424, 409]);
    expect(await statuses(create('a'))).toEqual([201]);
    expect(await statuses(create('a'))).toEqual([409]);
  });

  it('refuses to replace or delete what is not there with 404', async () => {
    const replace = { operationType: 'Replace', id: 'a', resourceBody: { id: 'a', partition } };
    expect(await statuses(replace)).toEqual([404]);
    expect(await statuses({ operationType: 'Delete', id: 'a' })).toEqual([404]);
  });

  it('refuses a batch of 101 operations with 400 and one of more than 2 MB with 413', async () => {
    expect((await batch(...Array.from({ length: 101 }, (_, at) => create(`d${at}`)))).status).toBe(400);
    expect((await batch(create('a', { text: 'x'.repeat(2 * 1024 * 1024) }))).status).toBe(413);
  });

  it('refuses a batch across partitions with 400, whichever way it says so', async () => {
    const there = { operationType: 'Create', resourceBody: { id: 'b', partition: 'another' } };
    expect(await statuses(create('a'), there)).toEqual([424, 400]);
    expect(await statuses(create('a'), { ...create('b'), partitionKey: '["another"]' })).toEqual([424, 400]);
    expect((await ask('POST', docs, asBatch, [create('a')])).status).toBe(400);
  });

  it('refuses an id that is empty, too long, or holds one of / \\ ? #', async () => {
    for (const id of ['', 'a/b', 'a\\b', 'a?b', 'a#b', 'x'.repeat(1024)])
      expect([id, await statuses(create(id))]).toEqual([id, [400]]);
    expect(await statuses(create('x'.repeat(1023)))).toEqual([201]);
  });

  it.each([0, -2, 1.5, 'soon'])('refuses the ttl %p', async (ttl) => {
    expect(await statuses(create('a', { ttl }))).toEqual([400]);
  });

  it('acts on a ttl only where the container was made with one', async () => {
    const without = 'dbs/own/colls/without-ttl/docs';
    await batch(create('a', { ttl: 5 }));
    await ask('POST', without, { ...at(), ...asBatch }, [create('a', { ttl: 5 })]);
    double.advance(6100);
    expect((await read('a')).status).toBe(404);
    expect((await ask('GET', `${without}/a`, at())).status).toBe(200);
  });

  it('refuses any query but the one it knows, and gives that one in pages', async () => {
    await batch(create('b'), create('a'), create('c'));
    expect((await query('SELECT * FROM c')).status).toBe(400);
    const page = { 'x-ms-max-item-count': '2' };
    const first = await query('SELECT * FROM c ORDER BY c.id', page);
    const then = { ...page, 'x-ms-continuation': first.headers.get('x-ms-continuation') ?? 'none' };
    const second = await query('SELECT * FROM c ORDER BY c.id', then);
    const ids = [first, second].map(({ body }) =>
      (body as { Documents: Json[] }).Documents.map((one) => one['id']),
    );
    expect(ids).toEqual([['a', 'b'], ['c']]);
    expect(second.headers.get('x-ms-continuation')).toBeNull();
  });

  it('shows changes by range: the latest versions, a batch whole, and 304 once there are no more', async () => {
    const range = double.collection('own', 'things').rangeOf(partition);
    const start = async (since?: string): Promise<string> => {
      const page = await changes(range, since);
      const etag = page.headers.get('etag') ?? '';
      return page.status === 304 ? etag : start(etag);
    };
    const since = await start();
    await batch(create('a'), create('b'), create('c'));
    await batch({ operationType: 'Upsert', resourceBody: { id: 'a', partition, again: true } });
    await batch({ operationType: 'Delete', id: 'b' });
    const page = await changes(range, since);
    const seen = (page.body as { Documents: Json[] }).Documents.map(({ id, again }) => [id, again]);
    expect(seen).toEqual([
      ['c', undefined],
      ['a', true],
    ]);
    expect((await changes(range, page.headers.get('etag') ?? '')).status).toBe(304);
    expect((await changes('7')).status).toBe(410);
  });

  it('hides the last write from whoever comes to a lagging replica without the session', async () => {
    const collection = double.collection('own', 'things');
    const written = await batch(create('a'));
    collection.lagging = true;
    expect((await read('a')).status).toBe(404);
    const session = { 'x-ms-session-token': written.headers.get('x-ms-session-token') ?? '' };
    expect((await ask('GET', `${docs}/a`, { ...at(), ...session })).status).toBe(200);
    collection.lagging = false;
  });

  it('charges by size, as Microsoft publishes it: 1 KB read 1, inserted 5.6, replaced 10.3 RU', async () => {
    const cost = ({ headers }: { headers: Headers }): number => Number(headers.get('x-ms-request-charge'));
    const sized = (kilobytes: number): Json => ({ text: 'x'.repeat(kilobytes * 1024 - 40) });
    const replaced = (more: Json): BatchOperation => ({ ...create('a', more), operationType: 'Upsert' });
    expect(cost(await batch(create('a')))).toBeCloseTo(5.55);
    expect(cost(await read('a'))).toBe(1);
    expect(cost(await batch(replaced({})))).toBeCloseTo(10.3);
    expect(cost(await batch(replaced(sized(128))))).toBeCloseTo(4.95 + 48.19 + 0.4, 1);
    expect(cost(await read('a'))).toBeCloseTo(9.95, 1);
    expect(cost(await batch(create('b'), create('c')))).toBeCloseTo(2 * 5.55);
    expect(cost(await query('SELECT * FROM c ORDER BY c.id'))).toBeCloseTo(2.3 + 9.95 + 1 + 1, 1);
    expect(cost(await batch({ operationType: 'Delete', id: 'a' }))).toBeCloseTo(48.19 + 0.6, 1);
  });
});
