import { asJson, yes, type Answer, type Asked } from './answer';
import { readCharge, refusalCharge } from './charges';
import { Collection, type Parameters } from './collection';
import { batchLimits, undone, type BatchOperation } from './documents';
import type { Call, Fault } from './faults';
import { Refused } from './refused';

/** An account of databases and containers: a request in, an answer out. */
export class Account {
  readonly collections = new Map<string, Collection>();
  private readonly databases = new Set<string>();

  constructor(
    private readonly nowSeconds: () => number,
    private readonly endpoint: () => string,
  ) {}

  answer(asked: Asked, fault: Fault | undefined): Answer {
    const [dbs, database, colls, name, kind, id] = asked.path;
    if (dbs === undefined) return { status: 200, body: this.description() };
    if (database === undefined) return this.createDatabase(asked);
    if (!this.databases.has(database)) throw new Refused(404, 'Owner resource does not exist', 1003);
    if (colls === undefined) return { status: 200, body: { id: database, _rid: rid(0) } };
    if (name === undefined) return this.createCollection(database, asked);
    const collection = this.collections.get(`${database}/${name}`);
    if (collection === undefined) throw new Refused(404, 'Owner resource does not exist', 1003);
    if (kind === undefined) return { status: 200, body: { ...collection.definition, _rid: collection.rid } };
    if (kind === 'pkranges') return ranges(collection, asked);
    return withSession(
      collection,
      asked,
      id === undefined ? feed(collection, asked, fault) : item(collection, asked, id),
    );
  }

  private description(): object {
    const here = [{ name: 'here', databaseAccountEndpoint: this.endpoint() }];
    return {
      ...{ id: 'double', _rid: 'double', _self: '', queryEngineConfiguration: '{}' },
      ...{ writableLocations: here, readableLocations: here },
      userConsistencyPolicy: { defaultConsistencyLevel: 'Session' },
    };
  }

  private createDatabase({ body }: Asked): Answer {
    const id = String(asJson(body)['id']);
    if (this.databases.has(id)) throw new Refused(409, 'Resource with specified id or name already exists.');
    this.databases.add(id);
    return { status: 201, body: { id, _rid: rid(0) } };
  }

  private createCollection(database: string, { body }: Asked): Answer {
    const definition = asJson(body);
    const at = `${database}/${String(definition['id'])}`;
    if (this.collections.has(at))
      throw new Refused(409, 'Resource with specified id or name already exists.');
    const collection = new Collection(definition, rid(this.collections.size + 1), this.nowSeconds);
    this.collections.set(at, collection);
    return { status: 201, body: { ...definition, _rid: collection.rid } };
  }
}

/** Which of the port's calls a request serves, so that a fault can wait for it. */
export function callOf({ method, path, headers }: Asked): Call | undefined {
  if (path[4] !== 'docs') return undefined;
  if (path.length === 6) return method === 'GET' ? 'read' : 'write';
  if (yes(headers['x-ms-cosmos-is-query-plan-request'])) return undefined;
  if (headers['a-im'] !== undefined) return 'changes';
  return yes(headers['x-ms-documentdb-isquery']) ? 'list' : 'write';
}

function item(collection: Collection, { method, headers }: Asked, id: string): Answer {
  if (method !== 'GET') throw new Refused(405, 'this double takes single writes as batches of one');
  const found = collection.read(partitionOf(headers), decodeURIComponent(id), headers['x-ms-session-token']);
  if (found === undefined)
    throw new Refused(404, 'Entity with the specified id does not exist in the system.');
  const cost = readCharge(found.bytes).toFixed(2);
  return { status: 200, headers: { etag: found.etag, 'x-ms-request-charge': cost }, body: found.document };
}

function feed(collection: Collection, asked: Asked, fault: Fault | undefined): Answer {
  const { headers } = asked;
  if (headers['a-im'] !== undefined) return changes(collection, asked);
  if (yes(headers['x-ms-cosmos-is-query-plan-request'])) throw new Refused(400, 'no query here needs a plan');
  if (yes(headers['x-ms-documentdb-isquery'])) return list(collection, asked);
  if (yes(headers['x-ms-cosmos-is-batch-request'])) return batch(collection, asked, fault);
  throw new Refused(405, 'this double takes single writes as batches of one');
}

function batch(collection: Collection, { headers, body, bytes }: Asked, fault: Fault | undefined): Answer {
  if (!yes(headers['x-ms-cosmos-batch-atomic']))
    throw new Refused(400, 'only batches that are all or nothing');
  if (bytes > batchLimits.bytes) throw new Refused(413, `Request size is too large: ${bytes} bytes`);
  const operations = body as BatchOperation[];
  const results =
    fault && 'operationStatus' in fault
      ? undone(operations, operations.length - 1, {
          statusCode: fault.operationStatus,
          requestCharge: refusalCharge,
          ...(fault.retryAfterMilliseconds !== undefined && {
            retryAfterMilliseconds: fault.retryAfterMilliseconds,
          }),
        })
      : collection.documents.batch(partitionOf(headers), operations);
  const cost = results.reduce((sum, { requestCharge }) => sum + requestCharge, 0).toFixed(2);
  const minimal = headers['prefer'] === 'return=minimal';
  return {
    status: results.some(({ statusCode }) => statusCode >= 400) ? 207 : 200,
    headers: { 'x-ms-request-charge': cost },
    body: results.map(({ resourceBody, ...rest }) => (minimal ? rest : { ...rest, resourceBody })),
  };
}

function list(collection: Collection, { headers, body }: Asked): Answer {
  const { query, parameters } = body as { query: string; parameters?: Parameters };
  const size = headers['x-ms-max-item-count'];
  const page = collection.query(
    query,
    parameters ?? [],
    partitionOf(headers),
    headers['x-ms-session-token'],
    {
      size: size === undefined || Number(size) < 1 ? undefined : Number(size),
      continuation: headers['x-ms-continuation'],
    },
  );
  return {
    status: 200,
    headers: {
      'x-ms-request-charge': page.charge.toFixed(2),
      ...(page.continuation !== undefined && { 'x-ms-continuation': page.continuation }),
    },
    body: { _rid: collection.rid, Documents: page.documents, _count: page.documents.length },
  };
}

function changes(collection: Collection, { headers }: Asked): Answer {
  const since = headers['if-none-match'];
  const range = headers['x-ms-documentdb-partitionkeyrangeid'];
  if (range === undefined) throw new Refused(400, 'a change feed is read by range');
  if (!collection.ranges.some(({ id }) => id === range)) throw new Refused(410, 'The range is gone.', 1002);
  const size = Number(headers['x-ms-max-item-count'] ?? 100);
  const page = collection.changes(range, since === undefined ? 0 : Number(since.replaceAll('"', '')), size);
  const etag = { etag: `"${page.lsn}"`, 'x-ms-request-charge': page.charge.toFixed(2) };
  if (page.documents.length === 0) return { status: 304, headers: etag };
  const body = { _rid: collection.rid, Documents: page.documents, _count: page.documents.length };
  return { status: 200, headers: etag, body };
}

function ranges(collection: Collection, { headers }: Asked): Answer {
  if (headers['if-none-match'] === '"ranges"') return { status: 304, headers: { etag: '"ranges"' } };
  const body = {
    _rid: collection.rid,
    PartitionKeyRanges: collection.ranges,
    _count: collection.ranges.length,
  };
  return { status: 200, headers: { etag: '"ranges"' }, body };
}

/** What was written or seen goes home in the session token, whose keeper the client is. */
function withSession(collection: Collection, { headers }: Asked, answer: Answer): Answer {
  const key = headers['x-ms-documentdb-partitionkey'];
  const token =
    key === undefined
      ? {}
      : {
          'x-ms-session-token': `${collection.rangeOf(partitionOf(headers))}:-1#${collection.documents.lsn}`,
        };
  return { ...answer, headers: { ...answer.headers, ...token, 'x-ms-content-path': collection.rid } };
}

function partitionOf(headers: Asked['headers']): string {
  const key: unknown = JSON.parse(headers['x-ms-documentdb-partitionkey'] ?? '[]');
  if (!Array.isArray(key) || key.length !== 1 || typeof key[0] !== 'string')
    throw new Refused(400, 'no partition key');
  return key[0];
}

/** Eight bytes, as the SDK expects of a container's resource id. */
const rid = (number: number): string =>
  Buffer.from(`box${String(number).padStart(5, '0')}`).toString('base64');
