import { deleteCharge, insertCharge, refusalCharge, replaceCharge } from './charges';
import { Refused } from './refused';

export type Json = Record<string, unknown>;

/** One version of a document; `document` undefined: deleted. */
export interface Version {
  readonly partition: string;
  readonly id: string;
  readonly document: Json | undefined;
  readonly etag: string;
  readonly bytes: number;
  readonly lsn: number;
  /** Within the batch that wrote it. */
  readonly place: number;
  /** Seconds, like the store's own `_ts`; undefined: for ever. */
  readonly expires: number | undefined;
  /** What a replica that lags still shows. */
  readonly before: Version | undefined;
}

export interface BatchOperation {
  readonly operationType: string;
  readonly id?: string;
  readonly partitionKey?: string;
  readonly resourceBody?: Json;
  readonly ifMatch?: string;
}

export interface OperationResult {
  readonly statusCode: number;
  readonly requestCharge: number;
  readonly eTag?: string;
  readonly resourceBody?: Json;
  readonly retryAfterMilliseconds?: number;
}

export const batchLimits = { operations: 100, bytes: 2 * 1024 * 1024 } as const;

/** The documents of one container: fences, batches that are all or nothing, TTL in whole seconds. */
export class Documents {
  private versions = new Map<string, Version>();
  private written = 0;
  lsn = 0;

  constructor(
    /** Undefined: the container was made without TTL, and a document's own is not acted on. */
    private readonly defaultTtl: number | undefined,
    private readonly nowSeconds: () => number,
  ) {}

  read(partition: string, id: string): Version | undefined {
    return this.alive(this.versions.get(key(partition, id)));
  }

  all(): Version[] {
    return [...this.versions.values()].filter((version) => this.alive(version) !== undefined);
  }

  latest(partition: string, id: string): Version | undefined {
    return this.versions.get(key(partition, id));
  }

  alive(version: Version | undefined): Version | undefined {
    if (version?.document === undefined) return undefined;
    return version.expires !== undefined && this.nowSeconds() >= version.expires ? undefined : version;
  }

  /** Every result in order; when one is refused the others answer 424, and nothing has happened. */
  batch(partition: string, operations: readonly BatchOperation[]): OperationResult[] {
    if (operations.length > batchLimits.operations)
      throw new Refused(
        400,
        `Batch request has ${operations.length} operations, more than ${batchLimits.operations}`,
      );
    const lsn = this.lsn + 1;
    const staged = new Map<string, Version>();
    const results: OperationResult[] = [];
    for (const [place, operation] of operations.entries()) {
      try {
        results.push(this.stage(staged, partition, operation, { lsn, place }));
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        return undone(operations, place, { statusCode: error.status, requestCharge: refusalCharge });
      }
    }
    for (const [at, version] of staged) this.versions.set(at, version);
    this.lsn = lsn;
    return results;
  }

  private stage(
    staged: Map<string, Version>,
    partition: string,
    operation: BatchOperation,
    at: { lsn: number; place: number },
  ): OperationResult {
    const { operationType: type, resourceBody: body, ifMatch } = operation;
    if (operation.partitionKey !== undefined && operation.partitionKey !== JSON.stringify([partition]))
      throw new Refused(400, 'an operation for another partition', 1001);
    const id = type === 'Create' || type === 'Upsert' ? checkedId(body?.['id']) : checkedId(operation.id);
    const where = key(partition, id);
    const current = this.alive(staged.get(where) ?? this.versions.get(where));
    if (type === 'Create' && current)
      throw new Refused(409, 'Entity with the specified id already exists in the system.');
    if ((type === 'Replace' || type === 'Delete') && !current)
      throw new Refused(404, 'Entity with the specified id does not exist in the system.');
    if (ifMatch !== undefined && ifMatch !== '*' && current && ifMatch !== current.etag)
      throw new Refused(412, 'One of the specified pre-condition is not met');
    const before = lastOf(this.versions.get(where));
    if (type === 'Delete') {
      staged.set(where, {
        partition,
        id,
        document: undefined,
        etag: '',
        bytes: 0,
        expires: undefined,
        before,
        ...at,
      });
      return { statusCode: 204, requestCharge: deleteCharge(current?.bytes ?? 0) };
    }
    if (type !== 'Create' && type !== 'Upsert' && type !== 'Replace')
      throw new Refused(400, `no such operation here: ${type}`);
    const version = this.version(partition, id, body, before, at);
    staged.set(where, version);
    return {
      statusCode: current ? 200 : 201,
      requestCharge: current ? replaceCharge(current.bytes, version.bytes) : insertCharge(version.bytes),
      eTag: version.etag,
      resourceBody: version.document ?? {},
    };
  }

  private version(
    partition: string,
    id: string,
    body: Json | undefined,
    before: Version | undefined,
    at: { lsn: number; place: number },
  ): Version {
    if (body?.['id'] !== id) throw new Refused(400, 'the id in the body is another');
    if (body['partition'] !== partition)
      throw new Refused(
        400,
        "PartitionKey extracted from document doesn't match the one specified in the header",
        1001,
      );
    const ttl = body['ttl'];
    if (ttl !== undefined && ttl !== -1 && !(Number.isInteger(ttl) && Number(ttl) > 0))
      throw new Refused(400, 'ttl is -1 or a positive whole number of seconds');
    this.written += 1;
    const etag = `"${this.written.toString(16).padStart(8, '0')}-0000-0d00-0000-000000000000"`;
    const now = this.nowSeconds();
    const lives = this.defaultTtl === undefined ? -1 : Number(ttl ?? this.defaultTtl);
    return {
      ...{ partition, id, etag, before, ...at },
      document: {
        ...body,
        _rid: `r${this.written}`,
        _self: '',
        _etag: etag,
        _attachments: 'attachments/',
        _ts: now,
      },
      bytes: Buffer.byteLength(JSON.stringify(body)),
      expires: lives < 0 ? undefined : now + lives,
    };
  }
}

export const undone = (
  operations: readonly unknown[],
  at: number,
  refused: OperationResult,
): OperationResult[] =>
  operations.map((_, place) => (place === at ? refused : { statusCode: 424, requestCharge: 0 }));

const key = (partition: string, id: string): string => JSON.stringify([partition, id]);

function checkedId(id: unknown): string {
  if (typeof id !== 'string' || id === '' || Buffer.byteLength(id) > 1023 || /[/\\?#]/.test(id))
    throw new Refused(400, "the required property 'id' is missing or invalid");
  return id;
}

/** Without what was before it: a replica lags by one write. */
const lastOf = (version: Version | undefined): Version | undefined =>
  version && { ...version, before: undefined };
