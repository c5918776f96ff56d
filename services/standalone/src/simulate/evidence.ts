import type { EventPublished } from '@boxoffice/shared/contracts';
import type { Instant, Money } from '@boxoffice/shared/kernel';

export interface Line {
  readonly ticketTypeId: string;
  readonly quantity: number;
  readonly seats?: readonly string[];
}

export interface HoldSeen {
  readonly holdId: string;
  readonly eventId: string;
  readonly expiresAt: Instant;
  readonly lines: readonly Line[];
  readonly token: string;
}

export interface OrderSeen {
  readonly orderId: string;
  readonly holdId: string;
  readonly eventId: string;
  readonly lines: readonly Line[];
  readonly total: Money;
  /** What gift cards leave of it. */
  readonly due: Money;
}

export interface PaymentSeen {
  readonly paymentId: string;
  readonly orderId: string;
  readonly gateway: string;
  readonly state: string;
  readonly amount: Money;
  readonly checkoutUrl?: string;
}

export interface RefundSeen {
  readonly paymentId: string;
  readonly amount: Money;
  /** Given back for what was paid for them; undefined where an amount was named, or all was wanted. */
  readonly atPriceOf: readonly string[] | undefined;
}

export interface GiftCardSeen {
  readonly giftCardId: string;
  readonly organizerId: string;
  readonly code: string;
  readonly amount: Money;
}

/** As its organiser was told. */
export interface DiscountSeen {
  readonly discountId: string;
  readonly maxUses?: number;
  readonly perCode?: true;
  readonly maxUsesPerBuyer?: number;
}

/** What the people in a run were told. Whatever was told must stay true. */
export class Evidence {
  readonly events = new Map<string, EventPublished>();
  readonly holds = new Map<string, { readonly who: string; readonly hold: HoldSeen }>();
  readonly orders = new Map<string, { readonly who: string; readonly order: OrderSeen }>();
  readonly payments = new Map<string, { readonly who: string; readonly payment: PaymentSeen }>();
  readonly refunds = new Map<string, RefundSeen>();
  readonly giftCards = new Map<string, GiftCardSeen>();
  readonly discounts = new Map<string, DiscountSeen>();
  /** Refunds that a person is carrying out, or has. */
  readonly byHand = new Set<string>();
  /** Events of which it was announced that they are cancelled, and those whose organiser was told that they are. */
  readonly cancelled = new Set<string>();
  readonly saidCancelled = new Set<string>();
  /** Events whose organiser gives all back that was paid. */
  readonly refundedEvents = new Set<string>();
  /** Tickets that were passed on. */
  readonly gifts: { readonly ticketId: string; readonly from: string; readonly to: string }[] = [];
  /** Messages that nobody can handle. */
  readonly poisons = new Set<string>();
  /** Events whose organiser was told that they are published. */
  readonly published = new Set<string>();
  readonly violations: string[] = [];
  private readonly answers = new Map<string, string>();

  violated(what: string): void {
    // One is enough to look into; the same again says nothing new.
    if (!this.violations.includes(what) && this.violations.length < 20) this.violations.push(what);
  }

  /** The same request under the same key gets the same answer, whenever; but a token may be signed by another key meanwhile. */
  answered(request: string, whole: string): void {
    const answer = whole.replace(/"token":"[^"]*"/, '"token":…');
    const before = this.answers.get(request);
    if (before === undefined) this.answers.set(request, answer);
    else if (before !== answer)
      this.violated(`answered differently: ${request}: first ${before}, then ${answer}`);
  }
}
