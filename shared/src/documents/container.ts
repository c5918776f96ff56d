/**
 * Documents as Cosmos DB keeps them, on every platform: a container is divided into partitions; within one partition
 * writes are atomic and an etag tells whether a document is still the one that was read. The partition key is `/partition`.
 */
export interface Container {
  readonly name: string;
  /** The document as it is now, or undefined. Reads see every earlier acknowledged write of this process. */
  read<Body extends object>(partition: string, id: string): Promise<Stored<Body> | undefined>;
  /**
   * All of the operations or none, in one partition: at most 100 operations and 2 MB of JSON. Answers the new etag of
   * each operation, in order (undefined for a delete). Throws a DocumentFault; where that is `OutcomeUnknown`, the write
   * may or may not have happened, so every write must be recognisable when it is repeated.
   */
  write(partition: string, operations: readonly Operation[]): Promise<readonly (string | undefined)[]>;
  /** Documents of one partition by ascending id (code-unit order), `from` inclusive, `to` exclusive. */
  list<Body extends object>(partition: string, range?: Range): Promise<readonly Stored<Body>[]>;
  /**
   * The latest version of each document that changed since `continuation` (undefined: since the beginning), oldest change
   * first within a partition, over all partitions; deletions do not show. An empty page means: nothing new yet.
   */
  changes(continuation: string | undefined, limit: number): Promise<Changes>;
}

export interface Stored<Body extends object = Record<string, unknown>> {
  readonly partition: string;
  readonly id: string;
  readonly etag: string;
  readonly body: Body;
}

export interface Range {
  readonly from?: string;
  readonly to?: string;
  /** At most this many; 100 when not given. */
  readonly limit?: number;
}

export interface Changes {
  readonly documents: readonly Stored[];
  readonly continuation: string;
}

/** `id` holds none of `/ \ ? #` and at most 255 characters. `ttl` is in seconds from this write; absent: for ever. */
export type Operation =
  | { readonly kind: 'create'; readonly id: string; readonly body: object; readonly ttl?: number }
  | {
      readonly kind: 'replace';
      readonly id: string;
      readonly body: object;
      readonly ifMatch: string;
      readonly ttl?: number;
    }
  | { readonly kind: 'upsert'; readonly id: string; readonly body: object; readonly ttl?: number }
  | { readonly kind: 'delete'; readonly id: string; readonly ifMatch?: string };

export const batchLimits = { operations: 100, bytes: 2 * 1024 * 1024 } as const;

/** What a service stores where; Bicep, the adapters and the tests read it. */
export interface ContainerSpec {
  readonly name: string;
  /** Whether single documents may carry a `ttl`. */
  readonly ttl: boolean;
}
