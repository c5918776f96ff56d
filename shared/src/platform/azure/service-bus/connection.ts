import type { ServiceBusClient, ServiceBusSender } from '@azure/service-bus';
import type { ServiceName } from '../../../contracts';
import { credential } from '../credential';

export interface ServiceBusSettings {
  /** `name.servicebus.windows.net`, entered with the app's identity. */
  readonly namespace?: string;
  /** Instead of the namespace: emulators, and wherever there is no identity. */
  readonly connectionString?: string;
  /** The client id of the user-assigned identity. */
  readonly clientId?: string;
  /** Before the first repeat of what failed on the way; 500 when not given. */
  readonly retryDelayMs?: number;
  /** One try; 10,000 when not given. A send over a connection that has just broken waits that long for its answer. */
  readonly tryMs?: number;
}

/** One connection for all of an app's senders and receivers, opened when the first of them is asked for. */
export class Connection {
  private opening: Promise<ServiceBusClient> | undefined;
  private readonly senders = new Map<ServiceName, ServiceBusSender>();

  constructor(private readonly settings: ServiceBusSettings) {}

  async client(): Promise<ServiceBusClient> {
    this.opening ??= this.open().catch((error: unknown) => {
      this.opening = undefined;
      throw error;
    });
    return this.opening;
  }

  async sender(topic: ServiceName): Promise<ServiceBusSender> {
    const client = await this.client();
    const sender = this.senders.get(topic) ?? client.createSender(topic);
    this.senders.set(topic, sender);
    return sender;
  }

  async close(): Promise<void> {
    const client = await this.opening?.catch(() => undefined);
    this.opening = undefined;
    this.senders.clear();
    await client?.close();
  }

  private async open(): Promise<ServiceBusClient> {
    const { ServiceBusClient: Client, RetryMode } = await import('@azure/service-bus');
    const { connectionString, namespace, retryDelayMs, tryMs } = this.settings;
    const retryOptions = {
      mode: RetryMode.Exponential,
      maxRetries: 4,
      retryDelayInMs: retryDelayMs ?? 500, // the SDK's own 30 seconds after a lost connection outlast most callers
      maxRetryDelayInMs: 10_000,
      timeoutInMs: tryMs ?? 10_000,
    };
    if (connectionString !== undefined) return new Client(connectionString, { retryOptions });
    if (namespace === undefined)
      throw new Error('Service Bus: neither a namespace nor a connection string is set');
    return new Client(namespace, await credential(this.settings.clientId), { retryOptions });
  }
}
