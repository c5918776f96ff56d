import type { Broker } from './broker';
import type { Entity, Kept } from './entity';
import { codec, plain, whole, wrap, type Incoming, type WireMessage } from './wire';

interface Answer {
  readonly status: number;
  readonly body?: Readonly<Record<string, unknown>>;
  readonly condition?: string;
}

/** A kept message as it travels. */
export function onTheWire(
  { message, sequence, enqueuedAt, returned }: Kept,
  lockedUntil?: number,
): WireMessage {
  return {
    ...message,
    delivery_count: returned,
    message_annotations: {
      ...message.message_annotations,
      'x-opt-sequence-number': wrap.wrap_long(sequence),
      'x-opt-enqueue-sequence-number': wrap.wrap_long(sequence),
      'x-opt-enqueued-time': wrap.wrap_timestamp(enqueuedAt),
      ...(lockedUntil === undefined ? {} : { 'x-opt-locked-until': wrap.wrap_timestamp(lockedUntil) }),
    },
  };
}

const lockLost: Answer = { status: 410, condition: 'com.microsoft:message-lock-lost' };

type Operation = (entity: Entity, body: Readonly<Record<string, unknown>>) => Answer;

const operations: Readonly<Record<string, Operation>> = {
  'com.microsoft:renew-lock': (entity, body) => {
    const until = tokens(body).map((token) => entity.renew(token));
    if (until.includes(undefined)) return lockLost;
    return { status: 200, body: { expirations: wrap.wrap_array(until, 0x83) } };
  },
  'com.microsoft:update-disposition': (entity, body) => {
    const properties = plain(body['properties-to-modify']);
    if (body['deadletter-reason'] !== undefined) properties['DeadLetterReason'] = body['deadletter-reason'];
    if (body['deadletter-description'] !== undefined)
      properties['DeadLetterErrorDescription'] = body['deadletter-description'];
    const kind = { completed: 'completed', abandoned: 'abandoned', suspended: 'dead-lettered' } as const;
    const wanted = kind[String(body['disposition-status']) as keyof typeof kind];
    const held = tokens(body).map((token) => entity.settle(token, { kind: wanted, properties }));
    return held.includes(false) ? lockLost : { status: 200, body: {} };
  },
  'com.microsoft:peek-message': (entity, body) => {
    const found = entity.peek(whole(body['from-sequence-number']), whole(body['message-count']));
    if (found.length === 0) return { status: 204, condition: 'com.microsoft:message-not-found' };
    return {
      status: 200,
      body: { messages: found.map((kept) => ({ message: codec.encode(onTheWire(kept)) })) },
    };
  },
};

/** Answers a request to an entity's `$management` node. */
export function manage(broker: Broker, path: string, { message }: Incoming): Answer {
  const request = message as WireMessage;
  const operation = operations[String(request.application_properties?.['operation'])];
  if (operation === undefined) return { status: 501, condition: 'amqp:not-implemented' };
  const entity = broker.entities.get(path);
  if (entity === undefined) return { status: 404, condition: 'amqp:not-found' };
  return operation(entity, request.body as Readonly<Record<string, unknown>>);
}

const tokens = (body: Readonly<Record<string, unknown>>): readonly string[] =>
  (body['lock-tokens'] as readonly Buffer[]).map((token) => Buffer.from(token).toString('hex'));
