import type { Json } from './documents';

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export interface Asked {
  readonly method: string;
  /** `['dbs', 'inventory', 'colls', 'holds', 'docs', 'a']` */
  readonly path: readonly string[];
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: unknown;
  readonly bytes: number;
}

export const yes = (text: string | undefined): boolean => text?.toLowerCase() === 'true';
export const asJson = (body: unknown): Json =>
  typeof body === 'object' && body !== null ? (body as Json) : {};
