import { hash } from 'node:crypto';
import type { Instant, Money } from '../kernel';
import type { Seller } from './sale-terms';

/** An invoice or a credit note as it was issued: all that it says. It is never changed; another paper corrects it. */
export interface IssuedPaper {
  readonly kind: 'invoice' | 'credit-note';
  /** Without gaps in its series: `INV-7Q2K4M1A-000123`. */
  readonly number: string;
  readonly issuedAt: Instant;
  readonly seller: Pick<Seller, 'name'> & Partial<Seller>;
  readonly buyer: PaperBuyer;
  readonly orderId: string;
  readonly event: {
    readonly eventId: string;
    readonly title: string;
    readonly startsAt: Instant;
    readonly endsAt: Instant;
    readonly timeZone: string;
    readonly venueName: string;
    readonly venueAddress: string;
  };
  /** Tickets, then fees; of a credit note for less than all, one line without a name. */
  readonly lines: readonly PaperLine[];
  readonly discounts: readonly { readonly name: string; readonly code?: string; readonly amount: Money }[];
  readonly taxes: readonly PaperTax[];
  readonly net: Money;
  /** `net` and every tax that is charged. Of a credit note: what is given back. */
  readonly total: Money;
  readonly giftCards: readonly { readonly giftCardId: string; readonly amount: Money }[];
  /** `total` less what gift cards pay: what was paid at a gateway. Of a credit note: what goes back there. */
  readonly paid: Money;
  readonly paidAt: Instant;
  /** The invoice that a credit note corrects. */
  readonly corrects?: { readonly number: string; readonly issuedAt: Instant };
  /** The language it is printed in where nobody asks for another: BCP 47. */
  readonly locale?: string;
}

export interface PaperBuyer {
  readonly name: string;
  readonly email: string;
  readonly company?: string;
  readonly vatId?: string;
  /** ISO 3166-1 alpha-2. */
  readonly country?: string;
}

export interface PaperLine {
  readonly name: string;
  readonly quantity: number;
  /** Of one, before discounts; fees have none. */
  readonly unitPrice?: Money;
  readonly discount: Money;
  readonly net: Money;
  readonly tax: Money;
  readonly gross: Money;
}

export interface PaperTax {
  readonly name: string;
  /** In hundredths of a per cent. */
  readonly basisPoints: number;
  /** What it is reckoned on. */
  readonly net: Money;
  readonly tax: Money;
  readonly reverseCharge?: true;
}

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'; // Crockford's base 32: no letter looks like a digit

/**
 * Eight characters for an organiser and a seller, whatever address or name they have meanwhile. They stand in the numbers of their papers: tax law
 * asks that a seller's numbers are unique, and an operator may sell for many organisers under one name.
 */
export function sellerMark(organizerId: string, { vatId, country, name }: IssuedPaper['seller']): string {
  const who = JSON.stringify([organizerId, vatId ?? `${country ?? ''} ${name}`]);
  const bytes = hash('sha256', who, 'buffer').subarray(0, 8);
  return Array.from(bytes, (byte) => alphabet[byte & 31]).join('');
}
