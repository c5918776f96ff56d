import type { Instant, Money } from '@boxoffice/shared/kernel';

/**
 * A payment provider, in the words of the box office. Each question may be asked again: creating and refunding carry an
 * id of ours that the gateway recognises, and a repeat gets the first answer.
 *
 * Every call throws `GatewaySilent` when it can't be known what happened (no answer, time-out, server error), and
 * `GatewayRefused` when the gateway answered that it will not, and nothing happened.
 */
export interface Gateway {
  readonly name: string;
  /** Opens a payment that is captured as soon as the buyer pays. `paymentId` is the idempotency key. */
  createPayment(order: PaymentToCreate): Promise<PaymentAtGateway>;
  lookUp(reference: string): Promise<PaymentAtGateway>;
  /** Takes the payment back before it is paid. Where it is too late for that, the outcome says what became of it. */
  cancel(reference: string): Promise<PaymentAtGateway>;
  /** Gives captured money back, to where it came from. `refundId` is the idempotency key. */
  refund(order: RefundToCreate): Promise<RefundAtGateway>;
  lookUpRefund(reference: string): Promise<RefundAtGateway>;
  /** Is this notice from the gateway, whole, of about now? Whether it was seen before is for the inbox to say. */
  verifyWebhook(
    rawBody: Uint8Array,
    headers: Readonly<Record<string, string | undefined>>,
    now: Instant,
  ): Promise<WebhookVerdict>;
}

/** The gateways that this installation has the keys of, by name. */
export interface Gateways {
  readonly names: readonly string[];
  named(name: string): Gateway | undefined;
}
export const Gateways = Symbol('Gateways');

export interface PaymentToCreate {
  readonly paymentId: string;
  readonly orderId: string;
  readonly amount: Money;
  /** What the buyer reads at the gateway. */
  readonly description: string;
  /** Where the gateway sends the buyer afterwards. */
  readonly returnUrl: string;
  /** After this the order can no longer be paid in time. */
  readonly expiresAt: Instant;
}

export interface PaymentAtGateway {
  /** Ours, which the gateway gives back. */
  readonly paymentId: string;
  /** The gateway's own name for it. */
  readonly reference: string;
  /** Where the buyer pays. */
  readonly checkoutUrl: string;
  readonly outcome: PaymentOutcome;
}

export type PaymentOutcome =
  | { readonly is: 'open' } // the buyer has not paid, or the bank has not answered yet
  | { readonly is: 'captured'; readonly amount: Money; readonly capturedAt: Instant }
  | { readonly is: 'declined'; readonly reason: string }
  | { readonly is: 'cancelled' };

export interface RefundToCreate {
  readonly refundId: string;
  /** The gateway's name for the payment that is given back. */
  readonly paymentReference: string;
  readonly amount: Money;
}

export interface RefundAtGateway {
  readonly refundId: string;
  readonly reference: string;
  readonly outcome: RefundOutcome;
}

export type RefundOutcome =
  | { readonly is: 'pending' }
  | { readonly is: 'succeeded'; readonly refundedAt: Instant }
  | { readonly is: 'failed'; readonly reason: string };

export type WebhookVerdict =
  | { readonly genuine: true; readonly notice: WebhookNotice }
  | { readonly genuine: false; readonly fault: WebhookFault };

/** `id` is the gateway's name for this notice (at most 50 characters), the same each time it is sent. */
export type WebhookNotice =
  | { readonly id: string; readonly payment: PaymentAtGateway }
  | { readonly id: string; readonly refund: RefundAtGateway }
  | { readonly id: string; readonly concerns: 'nothing-of-ours' };

export type WebhookFault = 'unsigned' | 'forged' | 'too-old' | 'from-the-future' | 'malformed';

/** Anything may have happened: it is asked again until it is known. */
export class GatewaySilent extends Error {
  override readonly name = 'GatewaySilent';
}

/** The gateway said no, and nothing happened there. */
export class GatewayRefused extends Error {
  override readonly name = 'GatewayRefused';
}

/** The gateway speaks of another amount than was asked of it: a person must look. */
export class GatewayContradicts extends Error {
  override readonly name = 'GatewayContradicts';
}
