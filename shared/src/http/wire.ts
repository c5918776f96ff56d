import type { Principal } from './principal';
import type { Route, Stream } from './route';

/** An HTTP request as a host hands it over: node:http, Azure Functions, a simulation. */
export interface WireRequest {
  readonly method: string;
  /** Path and query as they came: `/api/v1/holds?limit=2`. */
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Already read. A host that stops reading one byte beyond the limit hands over what it has: the answer is 413. */
  readonly body: Uint8Array;
  /** The address at the other end of the connection, where the host has one: that of a proxy, if one stands between. */
  readonly peer?: string | undefined;
}

export interface WireReply {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | string | undefined;
  /** Where given, what is sent instead of a body. One that nobody reads has never begun. */
  readonly stream?: Stream;
}

/** Answers every request; never rejects. */
export interface Dispatch {
  (request: WireRequest): Promise<WireReply>;
  /** The route that would answer, or undefined where the answer would be 404 or 405. */
  routeOf(method: string, url: string): Route | undefined;
  /** Bytes that a host need read at most, before it hands the request over. */
  bodyLimitOf(method: string, url: string): number;
}

/**
 * The `Authorization` header → who calls; undefined where nobody claims to be anyone. Throws a Problem: 401 for a token
 * that does not hold, 503 where that can't be told at present. Answers at once, without a promise, where it can.
 */
export type Authenticate = (
  authorization: string | undefined,
) => Principal | undefined | Promise<Principal | undefined>;

export const defaultBodyLimit = 64 * 1024;
export const apiBase = '/api/v1';
