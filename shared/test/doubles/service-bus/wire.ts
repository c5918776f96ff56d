import type { Socket } from 'node:net';
import { create_container, message, types } from 'rhea';

/** What of rhea's loosely typed surface the double uses, as it really is. */
export interface WireMessage {
  message_id?: unknown;
  subject?: string;
  to?: string;
  reply_to?: string;
  correlation_id?: unknown;
  delivery_count?: number;
  application_properties?: Record<string, unknown>;
  message_annotations?: Record<string, unknown>;
  body?: unknown;
  [member: string]: unknown;
}

export interface WireError {
  readonly condition: string;
  readonly description: string;
}

export interface Delivery {
  /** The lock that this delivery stands for. */
  token?: string;
  settledHere?: boolean;
  remote_settled: boolean;
  readonly remote_state?: Readonly<Record<string, unknown>> & {
    readonly constructor: { readonly composite_type?: string };
  };
  accept(): void;
  reject(error: WireError): void;
  update(settled: boolean, state: unknown): void;
}

export interface Connection {
  readonly socket: Socket;
  replies?: Map<string, SendingLink>;
}

interface Link {
  readonly connection: Connection;
  readonly session: {
    readonly outgoing: {
      next_delivery_id: number;
      next_pending_delivery: number;
      deliveries: { available(): number };
    };
  };
  readonly source: { readonly address?: string } | undefined;
  readonly target: { readonly address?: string } | undefined;
  readonly remote: { readonly attach: { readonly snd_settle_mode?: number } };
  readonly local: { readonly attach: Record<string, unknown> };
  set_source(source: unknown): void;
  set_target(target: unknown): void;
  is_open(): boolean;
  close(error?: WireError): void;
}

export interface SendingLink extends Link {
  readonly credit: number;
  readonly _draining?: boolean;
  send(message: WireMessage, tag?: Buffer): Delivery;
  set_drained(drained: boolean): void;
}

export type ReceivingLink = Link;

export interface Incoming {
  readonly connection: Connection;
  readonly receiver: ReceivingLink;
  readonly delivery: Delivery;
  /** Bytes where `format` is a batch's. */
  readonly message: WireMessage | Buffer;
  readonly format?: number;
}

export interface Outgoing {
  readonly connection: Connection;
  readonly sender: SendingLink;
  readonly delivery?: Delivery;
  readonly session: { readonly links: Readonly<Record<string, Link>> };
}

interface Codec {
  encode(message: WireMessage): Buffer;
  decode(bytes: Buffer): WireMessage;
  accepted(): { described(): unknown };
  rejected(members: { error?: WireError }): { described(): unknown };
  modified(members: object): { described(): unknown };
}

interface Wrap {
  wrap_int(value: number): unknown;
  wrap_long(value: number): unknown;
  wrap_timestamp(value: number): unknown;
  wrap_uuid(value: Buffer): unknown;
  wrap_array(values: readonly unknown[], code: number): unknown;
}

export const codec = message as unknown as Codec;
export const wrap = types as unknown as Wrap;
export const container = create_container;

const batchFormat = 0x80013700;

/** A batch is one message whose data sections are messages. */
export function messagesOf({ format, message: received }: Incoming): readonly WireMessage[] {
  if (!Buffer.isBuffer(received)) return [received];
  if (format !== batchFormat) throw new Error(`a message in format ${String(format)}`);
  const { body } = codec.decode(received);
  const { content } = body as { readonly content: Buffer | readonly Buffer[] };
  return (Buffer.isBuffer(content) ? [content] : content).map((bytes) => codec.decode(bytes));
}

/** A delivery tag's bytes in the order in which a lock token spells the same GUID, and the other way round. */
export const swapGuid = (b: Buffer): Buffer =>
  Buffer.from([3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15].map((place) => b[place] ?? 0));

/** An AMQP long: rhea gives those beyond 2^53 as bytes. */
export const whole = (value: unknown): number =>
  Buffer.isBuffer(value) ? Number(value.readBigInt64BE(0)) : Number(value);

/** A map without rhea's wrappers around its values. */
export function plain(map: unknown): Record<string, unknown> {
  const unwrapped = (value: unknown): unknown =>
    typeof value === 'object' && value !== null && 'value' in value ? value.value : value;
  return Object.fromEntries(Object.entries(map ?? {}).map(([key, value]) => [key, unwrapped(value)]));
}
