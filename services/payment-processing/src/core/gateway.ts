import type { Instant, Money } from '@boxoffice/shared/kernel';

/**
 * A payment provider, in the words of the field. Each question may be asked again: authorising, capturing and refunding carry an
 * id of ours that the gateway recognises, and a repeat gets the first answer.
 *
 * Every call throws `GatewaySilent` when it can't be known what happened (no answer, time-out, server error), and
 * `GatewayRefused` when the gateway answered that it will not, and nothing happened.
 */
export interface Gateway {
  readonly name: string;
  readonly abilities: GatewayAbilities;
  /** Opens a payment that the buyer then authorises at `checkoutUrl`. `paymentId` is the idempotency key. */
  authorise(order: PaymentToAuthorise): Promise<PaymentAtGateway>;
  /** Takes what was authorised and not captured yet; under the payment's id, so once. Only where `abilities.capturesLater`. */
  capture(reference: string, payment: PaymentToCapture): Promise<PaymentAtGateway>;
  lookUp(reference: string): Promise<PaymentAtGateway>;
  /** Takes the payment back before it is captured. Where it is too late for that, the outcome says what became of it. */
  cancel(reference: string): Promise<PaymentAtGateway>;
  /** Gives captured money back, all or part of it, to where it came from. `refundId` is the idempotency key. */
  refund(order: RefundToMake): Promise<RefundAtGateway>;
  lookUpRefund(reference: string, paymentReference: string): Promise<RefundAtGateway>;
  /** Is this notice from the gateway, whole, of about now? Whether it was seen before is for the inbox to say. */
  verifyWebhook(
    rawBody: Uint8Array,
    headers: Readonly<Record<string, string | undefined>>,
    now: Instant,
  ): Promise<WebhookVerdict>;
  /** The gateway's own books: what moved from `since` to before `until`, in no order, each once. For reconciliation. */
  movements(since: Instant, until: Instant): AsyncIterable<GatewayMovement>;
}

/** What it can take, as a table and not as a trial. */
export interface GatewayAbilities {
  /** ISO 4217; all where absent. */
  readonly currencies?: readonly string[];
  /** Of the buyer, ISO 3166-1 alpha-2; all where absent. */
  readonly countries?: readonly string[];
  readonly methods: readonly PaymentMethod[];
  /** Whether what was authorised can be captured later, once somebody has looked at it. */
  readonly capturesLater: boolean;
  /** Where paying takes days, how many a buyer has: the order waits for it beyond its hold's end. */
  readonly daysToPay?: number;
}

export const paymentMethods = [
  'card',
  'wallet', // Apple Pay, Google Pay
  'paypal',
  'alipay',
  'wechat-pay',
  'ideal',
  'bancontact',
  'klarna',
  'pix',
  'upi',
  'bank-transfer',
] as const;
export type PaymentMethod = (typeof paymentMethods)[number];

/** The gateways that this installation has the keys of, by name. */
export interface Gateways {
  readonly names: readonly string[];
  named(name: string): Gateway | undefined;
}
export const Gateways = Symbol('Gateways');

export const allOf = (gateways: Gateways): readonly Gateway[] =>
  gateways.names.flatMap((name) => gateways.named(name) ?? []);

export interface PaymentToAuthorise {
  readonly paymentId: string;
  readonly orderId: string;
  readonly amount: Money;
  /** What the buyer reads at the gateway. */
  readonly description: string;
  /** Where the gateway sends the buyer afterwards. */
  readonly returnUrl: string;
  /** After this the order can no longer be paid in time. */
  readonly expiresAt: Instant;
  /** `later`: authorised only, and captured or cancelled once somebody has looked at it. */
  readonly capture: 'at-once' | 'later';
  /** What the buyer asked for; whatever the gateway offers where absent. */
  readonly method?: PaymentMethod;
  readonly buyer: { readonly email: string; readonly name: string };
}

export interface PaymentToCapture {
  readonly paymentId: string;
  readonly amount: Money;
}

export interface PaymentAtGateway {
  /** Ours, which the gateway gives back. */
  readonly paymentId: string;
  /** The gateway's own name for it. */
  readonly reference: string;
  /** Where the buyer pays; absent where the gateway tells it only once, or no more. */
  readonly checkoutUrl?: string;
  readonly outcome: PaymentOutcome;
  /** The same for each payment with the same card or account, where the gateway says so. Never a card's number. */
  readonly fingerprint?: string;
}

export type PaymentOutcome =
  | { readonly is: 'open' } // the buyer has not paid, or the bank has not answered yet
  | { readonly is: 'authorised'; readonly amount: Money } // set aside at the bank, and not captured
  | { readonly is: 'captured'; readonly amount: Money; readonly capturedAt: Instant }
  | { readonly is: 'declined'; readonly reason: string }
  | { readonly is: 'cancelled' };

export interface RefundToMake {
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

/** Money that moved, by the gateway's own books. */
export interface GatewayMovement {
  readonly is: 'capture' | 'refund' | 'dispute' | 'dispute-won';
  /** The gateway's name for the payment or the refund. */
  readonly reference: string;
  /** Ours, where the gateway keeps it. */
  readonly ourId?: string;
  /** Above zero, whichever way it went. */
  readonly amount: Money;
  /** What the gateway kept of it; absent where it does not say. */
  readonly fee?: Money;
  readonly at: Instant;
}

/** A buyer's bank takes a captured payment back; the organiser may object. */
export interface Dispute {
  /** The gateway's name for it. */
  readonly disputeId: string;
  /** Ours, of the payment that is disputed. */
  readonly paymentId: string;
  readonly amount: Money;
  readonly outcome: 'opened' | 'won' | 'lost';
}

export type WebhookVerdict =
  | { readonly genuine: true; readonly notice: WebhookNotice }
  | { readonly genuine: false; readonly fault: WebhookFault };

/**
 * `id` is the gateway's name for this notice (at most 50 characters), the same each time it is sent. A gateway whose notices
 * only say that something happened looks the payment up first, and answers what it found.
 */
export type WebhookNotice =
  | { readonly id: string; readonly payment: PaymentAtGateway }
  | { readonly id: string; readonly refund: RefundAtGateway }
  | { readonly id: string; readonly dispute: Dispute }
  /** Something became of this payment of ours that only asking tells. */
  | { readonly id: string; readonly asksAbout: string }
  | { readonly id: string; readonly concerns: 'nothing-of-ours' };

export type WebhookFault = 'unsigned' | 'forged' | 'too-old' | 'from-the-future' | 'malformed';

/**
 * These are told by their names and not by their classes: an adapter that is loaded late stands in a file of its own, with a copy of
 * each class.
 */
const isCalled = (error: unknown, ...names: readonly string[]): boolean =>
  error instanceof Error && names.includes(error.name);

/** Anything may have happened: it is asked again until it is known. */
export class GatewaySilent extends Error {
  override readonly name: string = 'GatewaySilent';
  static override [Symbol.hasInstance](error: unknown): error is GatewaySilent {
    return isCalled(error, 'GatewaySilent', 'GatewayResting');
  }
}

/** It was not asked: it failed too often of late and is left alone, or as much is under way as may be. Nothing was sent. */
export class GatewayResting extends GatewaySilent {
  override readonly name = 'GatewayResting';
  static override [Symbol.hasInstance](error: unknown): error is GatewayResting {
    return isCalled(error, 'GatewayResting');
  }
}

/** The gateway said no, and nothing happened there. */
export class GatewayRefused extends Error {
  override readonly name = 'GatewayRefused';
  static override [Symbol.hasInstance](error: unknown): error is GatewayRefused {
    return isCalled(error, 'GatewayRefused');
  }
}

/** The gateway speaks of another amount than was asked of it: a person must look. */
export class GatewayContradicts extends Error {
  override readonly name = 'GatewayContradicts';
}
