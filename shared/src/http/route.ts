import type { Principal, Role } from './principal';

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';
export type BodyClass<T extends object> = new () => T;

/** Who may call. What is theirs is the use case's matter: for what is not yours the answer is 404. */
export type Access = 'anyone' | 'signed-in' | Role;

/** An HTTP trigger as data. The hosts, OpenAPI and the tests all read it. */
export interface Route<Body extends object = object, Query extends object = object> {
  readonly method: Method;
  /** Below `/api/v1`, parameters in braces: `/events/{eventId}/ticket-types`. */
  readonly path: string;
  readonly summary: string;
  readonly access: Access;
  /** A class with class-validator's decorators; what it does not declare is refused. */
  readonly body?: BodyClass<Body>;
  readonly query?: BodyClass<Query>;
  /** POSTs that create or charge: without the `Idempotency-Key` header they are refused. */
  readonly idempotencyKey?: 'required';
  /** Edits: without `If-Match` they are refused with 428. */
  readonly ifMatch?: 'required';
  /** Receives the body as bytes, unread: webhooks, whose signature covers them. */
  readonly rawBody?: true;
  /** Bytes that the body may have; 64 KiB when not given. */
  readonly bodyLimit?: number;
  /** What it answers when all went well, for OpenAPI. */
  readonly answers: Answer;
  handle(request: RouteRequest<Body, Query>): Promise<Reply>;
}

export interface Answer {
  readonly status: number;
  readonly description: string;
  /** A class decorated as request bodies are; absent where there is no JSON body. */
  readonly body?: BodyClass<object>;
  /** When it is not JSON: `application/pdf`. */
  readonly contentType?: string;
}

export interface RouteRequest<Body extends object = object, Query extends object = object> {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Query;
  readonly body: Body;
  /** The bytes as they came; empty unless the route asks for them. */
  readonly raw: Uint8Array;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** As the host saw it; see clientAddress. */
  readonly peer: string | undefined;
  /** Who calls; throws where the route lets anyone in and nobody is signed in. */
  readonly principal: Principal;
  /** The same, undefined where nobody is signed in. */
  readonly caller: Principal | undefined;
  /** Set where the route requires it. */
  readonly idempotency: IdempotentRequest;
  /** The etag of `If-Match`, without quotes; set where the route requires it. */
  readonly ifMatch: string;
}

/** One request under an Idempotency-Key. The key is unique to the caller and the route. */
export interface IdempotentRequest {
  /** Hash of caller, method, path and key: 43 characters. */
  readonly key: string;
  /** Hash of the body: the same key with another is a clash. */
  readonly fingerprint: string;
}

export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: object;
  /** Sent as they are, with their own `content-type` header. */
  readonly bytes?: Uint8Array;
  /** Sent piece by piece, for as long as pieces come. Its route answers `text/event-stream`, and so does its own header. */
  readonly stream?: Stream;
}

/**
 * Begins when its reader is there to read. The next piece is taken once the reader has room for it, so that who reads slowly
 * holds up nobody else and fills no memory. It ends at once when `gone` aborts: the reader has left, or the host stops.
 */
export type Stream = (gone: AbortSignal) => AsyncIterable<Uint8Array>;

/** Declares a route with its handler's types inferred; the list of a service's routes forgets them. */
export function route<Body extends object = object, Query extends object = object>(
  declared: Route<Body, Query>,
): Route {
  return declared;
}
