import type { Instant } from '@boxoffice/shared/kernel';
import type { Policy } from '@boxoffice/shared/resilience';
import {
  GatewayRefused,
  GatewaySilent,
  type Gateway,
  type GatewayMovement,
  type PaymentAtGateway,
  type PaymentToAuthorise,
  type PaymentToCapture,
  type RefundAtGateway,
  type RefundToMake,
  type WebhookNotice,
  type WebhookVerdict,
} from '../../core/gateway';
import { identifier, object } from './answer';
import { ask } from './ask';
import { httpCall, type HttpCall, type HttpRequest } from './http-call';
import { sandboxAbilities, type SandboxSettings } from './sandbox-settings';
import { movementsFrom, paymentFrom, refundFrom } from './sandbox-wire';
import { signatureFault } from './signature';
import { verdictOn } from './verdict';

/** The sandbox gateway of `services/standalone`, over its HTTP API. It moves no money. */
export class SandboxGateway implements Gateway {
  readonly name = 'sandbox';
  readonly abilities = sandboxAbilities;

  constructor(
    private readonly settings: SandboxSettings,
    private readonly policy: Policy,
    private readonly reach: HttpCall = httpCall,
  ) {}

  async authorise(order: PaymentToAuthorise): Promise<PaymentAtGateway> {
    const { paymentId, amount, description, returnUrl, expiresAt, capture } = order;
    const body = { clientReference: paymentId, ...amount, description, returnUrl, expiresAt, capture };
    const preset = this.settings.outcome === undefined ? {} : { 'sandbox-outcome': this.settings.outcome };
    return this.call(paymentFrom, '/v1/payments', body, { 'idempotency-key': paymentId, ...preset });
  }

  capture(reference: string, { paymentId, amount }: PaymentToCapture): Promise<PaymentAtGateway> {
    const path = `/v1/payments/${encodeURIComponent(reference)}/capture`;
    return this.call(paymentFrom, path, amount, { 'idempotency-key': `capture~${paymentId}` });
  }

  lookUp(reference: string): Promise<PaymentAtGateway> {
    return this.call(paymentFrom, `/v1/payments/${encodeURIComponent(reference)}`);
  }

  cancel(reference: string): Promise<PaymentAtGateway> {
    return this.call(paymentFrom, `/v1/payments/${encodeURIComponent(reference)}/cancel`, {});
  }

  async refund({ refundId, paymentReference, amount }: RefundToMake): Promise<RefundAtGateway> {
    const body = { clientReference: refundId, payment: paymentReference, ...amount };
    return this.call(refundFrom, '/v1/refunds', body, { 'idempotency-key': refundId });
  }

  lookUpRefund(reference: string): Promise<RefundAtGateway> {
    return this.call(refundFrom, `/v1/refunds/${encodeURIComponent(reference)}`);
  }

  async verifyWebhook(
    rawBody: Uint8Array,
    headers: Readonly<Record<string, string | undefined>>,
    now: Instant,
  ): Promise<WebhookVerdict> {
    const fault = signatureFault(headers['sandbox-signature'], rawBody, this.settings.webhookSecret, now);
    if (fault) return { genuine: false, fault };
    return verdictOn(
      () => noticeFrom(JSON.parse(Buffer.from(rawBody).toString()) as unknown),
      (notice) => Promise.resolve(notice),
    );
  }

  async *movements(since: Instant, until: Instant): AsyncIterable<GatewayMovement> {
    for (let after: string | undefined = '0'; after !== undefined;) {
      const query = new URLSearchParams({ since, until, after });
      const page: ReturnType<typeof movementsFrom> = await this.call(
        movementsFrom,
        `/v1/movements?${query.toString()}`,
      );
      yield* page.items;
      after = page.next;
    }
  }

  /** POST where there is a body, GET otherwise. */
  private async call<T>(
    read: (json: unknown) => T,
    path: string,
    body?: object,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<T> {
    const request = {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        authorization: `Bearer ${this.settings.apiKey}`,
        'content-type': 'application/json',
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    } as const;
    return ask(this.policy, `sandbox ${path}`, async (signal) =>
      read(await this.answer(path, { ...request, signal })),
    );
  }

  private async answer(path: string, request: HttpRequest): Promise<unknown> {
    const { status, text } = await this.reach(this.settings.url + path, request);
    if (status >= 200 && status < 300) return JSON.parse(text) as unknown;
    // A wrong key or a full queue says nothing of the payment: it is asked again once that is put right. Nor does being sent elsewhere.
    if (status < 400 || status >= 500 || [401, 403, 408, 425, 429].includes(status))
      throw new GatewaySilent(`sandbox ${path}: ${status}`);
    throw new GatewayRefused(`sandbox refused with ${status}`);
  }
}

function noticeFrom(value: unknown): WebhookNotice {
  const json = object(value);
  const id = identifier(json, 'id', 50);
  switch (json['concerns']) {
    case 'payment':
      return { id, payment: paymentFrom(json['payment']) };
    case 'refund':
      return { id, refund: refundFrom(json['refund']) };
    default:
      return { id, concerns: 'nothing-of-ours' };
  }
}
