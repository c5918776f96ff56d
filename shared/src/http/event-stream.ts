import type { Route } from './route';

/** Headers of a `text/event-stream`. What passes it on must not keep it back to compress it, nor gather it first. */
export const eventStreamHeaders = {
  'content-type': 'text/event-stream',
  'cache-control': 'no-store, no-transform',
  'x-accel-buffering': 'no',
} as const;

/** Whether a route answers with one. */
export const isStream = ({ answers }: Route): boolean =>
  answers.contentType === eventStreamHeaders['content-type'];

export interface ServerSentEvent {
  readonly event: string;
  /** What a browser that comes back sends as `Last-Event-ID`; one line. */
  readonly id: string;
  readonly data: string;
}

const encode = (text: string): Uint8Array => Buffer.from(text);

const linesOf = (data: string): string => data.replaceAll(/\r\n|\r|\n/g, '\ndata: ');

/** One event as it is sent (WHATWG HTML, 9.2 Server-sent events). */
export const serverSentEvent = ({ event, id, data }: ServerSentEvent): Uint8Array =>
  encode(`event: ${event}\nid: ${id}\ndata: ${linesOf(data)}\n\n`);

/** How long a browser waits before it comes back, once the connection has ended. */
export const comeBackAfter = (milliseconds: number): Uint8Array => encode(`retry: ${milliseconds}\n\n`);

/** Says nothing, but keeps the connection open: a comment. */
export const stillHere: Uint8Array = encode(':\n\n');
