import type { Route } from '@boxoffice/shared/http';
import type { PersonName, Scene } from './scene';
import type { Sent } from './send';

/** What is answered to a row, other than that nothing has changed. */
export interface Told {
  readonly status: number;
  readonly code: string;
  /** Every field that is at fault, and no other. */
  readonly fields?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
  /** Members of the problem. */
  readonly facts?: object;
}

/** One thing that is wrong with a request which is right otherwise. */
export interface Row {
  readonly what: string;
  readonly sent: (scene: Scene) => Sent;
  readonly told: Told | ((scene: Scene) => Told);
}

/** A way into the house: a route, the request that is right for it, and what only this one can be got wrong in. */
export interface Door {
  /** `POST /holds` */
  readonly route: string;
  /** Nobody, where anyone may. */
  readonly as?: PersonName;
  readonly params?: (scene: Scene) => Readonly<Record<string, string>>;
  readonly body?: (scene: Scene) => object;
  /** Another that is right too, sent and answered before the rows: for repeats and clashes of its key. */
  readonly first?: (scene: Scene) => object;
  /** What the first names, where it can be done once to each. */
  readonly firstParams?: (scene: Scene) => Readonly<Record<string, string>>;
  /** A question that is a POST, so that what it tells stands in no URL: it changes nothing. */
  readonly asks?: true;
  /** For If-Match. */
  readonly version?: (scene: Scene) => string;
  readonly raw?: (scene: Scene) => Pick<Sent, 'headers' | 'body'>;
  /** What is answered where a path's parameter names nothing, by parameter. */
  readonly unknown?: Readonly<Record<string, string>>;
  /** Parameters that name what is another's, by whose. Answered as what never was. */
  readonly foreign?: (scene: Scene) => Readonly<Record<string, string>>;
  readonly own?: readonly OwnRow[];
}

export interface OwnRow {
  readonly what: string;
  readonly change: (scene: Scene, good: Sent) => Partial<Sent>;
  readonly told: Told | ((scene: Scene) => Told);
}

/** A door with the route that it stands for. */
export interface OpenDoor extends Door {
  readonly at: Route;
}

export const apiBase = '/api/v1';

export const urlOf = (at: Route, params: Readonly<Record<string, string>> = {}): string =>
  apiBase + at.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => params[name] ?? `no-${name}`);

let keys = 0;

/** The request that is right: whatever a row changes of it is the one thing that is wrong. */
export function good(door: OpenDoor, scene: Scene): Sent {
  const { at, as, params, body, version, raw } = door;
  if (raw) return { method: at.method, url: urlOf(at, params?.(scene)), ...raw(scene) };
  return {
    method: at.method,
    url: urlOf(at, params?.(scene)),
    headers: {
      authorization: as && `Bearer ${scene.visitors[as].token ?? ''}`,
      'content-type': body && 'application/json',
      'idempotency-key': at.idempotencyKey && `row-${++keys}`,
      'if-match': version?.(scene),
    },
    body: body?.(scene),
  };
}

export const isRead = ({ at }: OpenDoor): boolean => at.method === 'GET';
export const takesJson = ({ at }: OpenDoor): boolean =>
  at.rawBody !== true && (at.method === 'POST' || at.method === 'PUT');

/** What turns a right request into a wrong one. */
export type Change = (sent: Sent, scene: Scene) => Sent;

export const row =
  (door: OpenDoor) =>
  (what: string, change: Change, told: Row['told']): Row => ({
    what,
    sent: (scene) => change(good(door, scene), scene),
    told,
  });

export const withHeaders =
  (headers: Sent['headers']): Change =>
  (sent) => ({ ...sent, headers: { ...sent.headers, ...headers } });
export const withBody =
  (body: unknown): Change =>
  (sent) => ({ ...sent, headers: { ...sent.headers, 'content-type': 'application/json' }, body });
