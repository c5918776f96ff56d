import type { AddressInfo, Server, Socket } from 'node:net';
import { Broker, type BrokerOptions } from './broker';
import type { Competitor, Entity, Settlement } from './entity';
import { manage, onTheWire } from './management';
import {
  codec,
  container,
  messagesOf,
  plain,
  wrap,
  type Delivery,
  type Incoming,
  type Outgoing,
  type ReceivingLink,
  type SendingLink,
  type WireMessage,
} from './wire';

const defaults: BrokerOptions = {
  subscriptions: [],
  lockMs: 60_000,
  maxDeliveryCount: 10,
  duplicateWindowMs: 600_000,
};

/**
 * Azure Service Bus on a port of this machine, for the real SDK: topics, subscriptions with correlation rules, peek-lock,
 * lock renewal, dead letters, peeking, scheduled messages, duplicate windows, and connections that break when told to.
 */
export class ServiceBusDouble {
  private readonly broker: Broker;
  private readonly sockets = new Set<Socket>();
  private readonly consumers = new Map<
    SendingLink,
    { readonly entity: Entity; readonly competitor: Competitor }
  >();
  private readonly server: Server;
  private readonly sweeper: NodeJS.Timeout;
  private busy = 0;

  static async start(options: Partial<BrokerOptions>): Promise<ServiceBusDouble> {
    const double = new ServiceBusDouble({ ...defaults, ...options });
    if (!double.server.listening) await new Promise((resolve) => double.server.once('listening', resolve));
    return double;
  }

  private constructor(options: BrokerOptions) {
    this.broker = new Broker(options);
    const amqp = container({ id: 'service-bus-double', non_fatal_errors: [] });
    const sasl = amqp.sasl_server_mechanisms as {
      enable_anonymous(): void;
      enable_plain(check: () => boolean): void;
    };
    sasl.enable_anonymous();
    sasl.enable_plain(() => true);
    const toConsumer = (handle: (outgoing: Outgoing) => void, ...events: readonly string[]): void => {
      for (const event of events) amqp.on(event, handle);
    };
    const fromProducer = (handle: (incoming: Incoming) => void, event: string) => amqp.on(event, handle);
    fromProducer(({ receiver }) => this.openProducer(receiver), 'receiver_open');
    fromProducer((incoming) => this.receive(incoming), 'message');
    toConsumer(({ sender }) => this.openConsumer(sender), 'sender_open');
    toConsumer(({ sender }) => this.flow(sender), 'sendable', 'sender_draining');
    toConsumer((outgoing) => this.settle(outgoing), 'accepted', 'rejected', 'released', 'modified');
    toConsumer(({ sender }) => this.forget(sender), 'sender_close');
    toConsumer(({ session }) => {
      for (const link of Object.values(session.links)) this.forget(link as SendingLink);
    }, 'session_close');
    // A client that goes away without a word is an ordinary event here.
    for (const event of [
      'error',
      'disconnected',
      'connection_error',
      'session_error',
      'sender_error',
      'receiver_error',
      'protocol_error',
    ])
      amqp.on(event, () => undefined);
    // Without `noDelay` each message waits 40 ms for the delayed acknowledgement of the one before.
    this.server = amqp.listen({ port: 0, host: '127.0.0.1', noDelay: true } as Parameters<
      typeof amqp.listen
    >[0]);
    this.server.on('connection', (socket) => {
      this.sockets.add(socket);
      socket.on('close', () => {
        this.sockets.delete(socket);
        for (const link of this.consumers.keys()) if (link.connection.socket === socket) this.forget(link);
      });
    });
    this.sweeper = setInterval(() => this.broker.sweep(), 20);
  }

  get connectionString(): string {
    const { port } = this.server.address() as AddressInfo;
    return `Endpoint=sb://127.0.0.1:${port};SharedAccessKeyName=double;SharedAccessKey=double;UseDevelopmentEmulator=true`;
  }

  advance(milliseconds: number): void {
    this.broker.advance(milliseconds);
  }

  /** Every connection breaks, as when the network or the service restarts; whoever connects again is welcome. */
  dropConnections(): void {
    for (const socket of this.sockets) {
      socket.destroy();
      socket.emit('end'); // rhea listens for nothing else, and would keep its heartbeat for ever
    }
  }

  /** The next so many sends are refused as Service Bus does when it is throttled. */
  beBusy(times: number): void {
    this.busy = times;
  }

  async close(): Promise<void> {
    clearInterval(this.sweeper);
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.dropConnections();
    await closed;
  }

  private openProducer(receiver: ReceivingLink): void {
    const address = addressOf(receiver.target);
    receiver.set_target(receiver.target);
    receiver.set_source(receiver.source);
    receiver.local.attach['max_message_size'] = 256 * 1024; // the Standard tier's
    if (!isNode(address) && !this.broker.hasTopic(address)) receiver.close(notFound(address));
  }

  private openConsumer(sender: SendingLink): void {
    const address = addressOf(sender.source);
    sender.set_source(sender.source);
    sender.set_target(sender.target);
    if (isNode(address)) {
      const replies = (sender.connection.replies ??= new Map<string, SendingLink>());
      replies.set(sender.target?.address ?? address, sender);
      return;
    }
    const entity = this.broker.entities.get(address);
    if (entity === undefined) {
      sender.local.attach['source'] = undefined; // how AMQP refuses a link: attached to nothing, then closed
      sender.close(notFound(address));
      return;
    }
    const competitor: Competitor = {
      room: () => room(sender),
      deliver: (lock) => {
        sender.send(onTheWire(lock.kept, lock.until), lock.tag).token = lock.token;
      },
    };
    this.consumers.set(sender, { entity, competitor });
    entity.competitors.add(competitor);
  }

  private receive(incoming: Incoming): void {
    const { receiver, delivery, connection } = incoming;
    const address = addressOf(receiver.target);
    if (!isNode(address)) {
      if (this.busy > 0) {
        this.busy--;
        delivery.reject({ condition: 'com.microsoft:server-busy', description: 'The server is busy.' });
        return;
      }
      for (const message of messagesOf(incoming)) this.broker.publish(address, message);
      delivery.accept();
      return;
    }
    const request = incoming.message as WireMessage;
    const claims = address === '$cbs';
    const answer = claims
      ? { status: 202 }
      : manage(this.broker, address.slice(0, -'/$management'.length), incoming);
    const replyTo = connection.replies?.get(request.reply_to ?? '') ?? connection.replies?.get(address);
    replyTo?.send({
      correlation_id: request.message_id,
      application_properties: {
        [claims ? 'status-code' : 'statusCode']: wrap.wrap_int(answer.status),
        [claims ? 'status-description' : 'statusDescription']: answer.condition ?? 'OK',
        ...(answer.condition === undefined ? {} : { errorCondition: answer.condition }),
      },
      body: answer.body ?? {},
    });
    delivery.accept();
  }

  private flow(sender: SendingLink): void {
    this.consumers.get(sender)?.entity.pump();
    if (sender._draining) sender.set_drained(true);
  }

  private settle({ sender, delivery }: Outgoing): void {
    const entity = this.consumers.get(sender)?.entity;
    // rhea raises `modified` and then `released` for one and the same.
    if (entity === undefined || delivery?.token === undefined || delivery.settledHere) return;
    delivery.settledHere = true;
    const settlement = settlementOf(delivery);
    const held = entity.settle(delivery.token, settlement);
    const lost = {
      condition: 'com.microsoft:message-lock-lost',
      description: 'The lock supplied is invalid.',
    };
    const outcome = !held
      ? codec.rejected({ error: lost })
      : settlement.kind === 'completed'
        ? codec.accepted()
        : settlement.kind === 'dead-lettered'
          ? codec.rejected({})
          : codec.modified({});
    delivery.update(true, outcome.described());
    // The SDK does not echo the settlement; unless it counts as settled, rhea's window of 2,048 deliveries fills up.
    delivery.remote_settled = true;
  }

  private forget(link: SendingLink): void {
    const consumer = this.consumers.get(link);
    if (consumer) consumer.entity.competitors.delete(consumer.competitor);
    this.consumers.delete(link);
  }
}

function settlementOf(delivery: Delivery): Settlement {
  const state = delivery.remote_state;
  const type = state?.constructor.composite_type;
  if (type === 'accepted') return { kind: 'completed' };
  if (type === 'rejected') {
    const error = state?.['error'] as { readonly info?: unknown } | undefined;
    return { kind: 'dead-lettered', properties: plain(error?.info) };
  }
  return { kind: 'abandoned', properties: plain(state?.['message_annotations']) };
}

const addressOf = (terminus: { readonly address?: string } | undefined): string =>
  (terminus?.address ?? '').toLowerCase();
const isNode = (address: string): boolean => address === '$cbs' || address.endsWith('/$management');
const notFound = (address: string) => ({
  condition: 'amqp:not-found',
  description: `The messaging entity '${address}' could not be found.`,
});

/** rhea takes credit off only once frames are written: what is queued counts too, or one consumer locks everything. */
function room(link: SendingLink): number {
  const { outgoing } = link.session;
  const queued = outgoing.next_delivery_id - outgoing.next_pending_delivery;
  return link.is_open() ? Math.min(link.credit - queued, outgoing.deliveries.available()) : 0;
}
