import type { Instant } from '../kernel';

/** A CloudEvents 1.0 JSON envelope (cloudevents.io), as it travels on every platform. */
export interface Envelope<Data = unknown> {
  readonly specversion: '1.0';
  /** New for each fact, the same each time that fact is delivered: consumers recognise a repeat by it. */
  readonly id: string;
  /** `/boxoffice/<service>` */
  readonly source: string;
  /** `boxoffice.<name>.v<version>` */
  readonly type: string;
  /** The id of what the fact is about: an event, an order, a hold. */
  readonly subject: string;
  readonly time: Instant;
  readonly datacontenttype: 'application/json';
  /** W3C trace context of the request that caused it. */
  readonly traceparent?: string;
  readonly data: Data;
}

/** A message that no consumer can read: it goes to the dead letters, where a person sees it. */
export class UnreadableMessage extends Error {
  override readonly name = 'UnreadableMessage';
}
