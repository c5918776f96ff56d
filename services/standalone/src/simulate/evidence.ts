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
}

export interface PaymentSeen {
  readonly paymentId: string;
  readonly orderId: string;
  readonly state: string;
  readonly amount: Money;
  readonly checkoutUrl?: string;
}

/** What the people in a run were told. Whatever was told must stay true. */
export class Evidence {
  readonly events = new Map<string, EventPublished>();
  readonly holds = new Map<string, { readonly who: string; readonly hold: HoldSeen }>();
  readonly orders = new Map<string, { readonly who: string; readonly order: OrderSeen }>();
  readonly payments = new Map<string, { readonly who: string; readonly payment: PaymentSeen }>();
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
