import type { ServiceName, Subscription } from '../contracts';
import type { ContainerSpec, Stored, Container } from '../documents';
import type { Route } from '../http';
import type { Handle } from '../messaging';
import type { Migration } from '../sql';

/** A composed service: its triggers and stores as data. Hosts bind them: node:http, Azure Functions, a simulation. */
export interface Service {
  readonly name: ServiceName;
  readonly routes: readonly Route[];
  readonly consumers: readonly Consumer[];
  readonly timers: readonly Timer[];
  readonly feeds: readonly Feed[];
  /** Of its relational database, where it has one. */
  readonly migrations: readonly Migration[];
  /** Of its document database, where it has one. */
  readonly containers: readonly ContainerSpec[];
  /** The HTTP status of each of its refusals, by code. */
  readonly problems: Readonly<Record<string, number>>;
  /** What it needs, by name: each resolves while that answers. For the health endpoint. */
  readonly checks: Readonly<Record<string, () => Promise<void>>>;
  /** Run once before any trigger, on every start; safe to repeat. */
  start?(): Promise<void>;
}

/** One subscription of this service; `handle` gets every type the topology lets through. */
export interface Consumer {
  readonly subscription: Subscription;
  readonly handle: Handle;
}

export interface Timer {
  readonly name: string;
  /** Runs start this far apart at the least; never two at once in one process, but perhaps in several. */
  readonly everySeconds: number;
  run(): Promise<void>;
}

/** Sees the latest version of every document written to the container, at least once; a failed page comes again. */
export interface Feed {
  readonly name: string;
  readonly container: Container;
  /** Documents handed over at once, at most; 100 when not given. A host that stops waits for a page to end. */
  readonly pageSize?: number;
  handle(documents: readonly Stored[]): Promise<void>;
}

export interface Running {
  /** Takes nothing new, and resolves once what is under way has ended. */
  stop(): Promise<void>;
}
