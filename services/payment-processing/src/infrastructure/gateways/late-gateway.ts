import type { Instant } from '@boxoffice/shared/kernel';
import type {
  Gateway,
  GatewayAbilities,
  GatewayMovement,
  PaymentAtGateway,
  PaymentToAuthorise,
  PaymentToCapture,
  RefundAtGateway,
  RefundToMake,
  WebhookVerdict,
} from '../../core/gateway';

/** What a gateway can do is known at once; its adapter is loaded when it is first asked for something, so that no cold start waits for it. */
export class LateGateway implements Gateway {
  private adapter: Promise<Gateway> | undefined;

  constructor(
    readonly name: string,
    readonly abilities: GatewayAbilities,
    private readonly load: () => Promise<Gateway>,
  ) {}

  async authorise(order: PaymentToAuthorise): Promise<PaymentAtGateway> {
    return (await this.loaded()).authorise(order);
  }

  async capture(reference: string, payment: PaymentToCapture): Promise<PaymentAtGateway> {
    return (await this.loaded()).capture(reference, payment);
  }

  async lookUp(reference: string): Promise<PaymentAtGateway> {
    return (await this.loaded()).lookUp(reference);
  }

  async cancel(reference: string): Promise<PaymentAtGateway> {
    return (await this.loaded()).cancel(reference);
  }

  async refund(order: RefundToMake): Promise<RefundAtGateway> {
    return (await this.loaded()).refund(order);
  }

  async lookUpRefund(reference: string, paymentReference: string): Promise<RefundAtGateway> {
    return (await this.loaded()).lookUpRefund(reference, paymentReference);
  }

  async verifyWebhook(
    rawBody: Uint8Array,
    headers: Readonly<Record<string, string | undefined>>,
    now: Instant,
  ): Promise<WebhookVerdict> {
    return (await this.loaded()).verifyWebhook(rawBody, headers, now);
  }

  async *movements(since: Instant, until: Instant): AsyncIterable<GatewayMovement> {
    yield* (await this.loaded()).movements(since, until);
  }

  private loaded(): Promise<Gateway> {
    this.adapter ??= this.load().catch((error: unknown) => {
      this.adapter = undefined; // whoever asks next tries again
      throw error;
    });
    return this.adapter;
  }
}
