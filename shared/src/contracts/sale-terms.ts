import type { Instant, Money } from '../kernel';

/** At what terms an event's tickets are sold, beside their prices: who sells, what is taxed where, fees, discounts, and what buyers are asked. */
export interface SaleTerms {
  /** Who sells, as papers name them. */
  readonly seller?: Seller;
  /** Whether prices have the tax in them or it comes on top. Absent: no tax is charged. */
  readonly tax?: 'included' | 'added';
  /** Where what is sold is taxed: where the event is held, or, online, where the buyer is. */
  readonly taxPlace?: TaxPlace;
  readonly fees?: readonly FeeTerms[];
  /** Those without codes apply by themselves, in this order; then those whose code the buyer names. */
  readonly discounts?: readonly DiscountTerms[];
  readonly questions?: readonly Question[];
  /** BCP 47, of papers and letters: `de-AT`. */
  readonly locale?: string;
}

export interface Seller {
  readonly name: string;
  /** Street, post code and city, country: on one line. */
  readonly address: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly vatId?: string;
}

export interface TaxPlace {
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** ISO 3166-2 without the country: `QC`, where a state or province has a tax of its own. */
  readonly region?: string;
  /** Attended from anywhere: a business in another country of the European Union then owes the tax itself. */
  readonly online?: true;
}

/** `standard` where a ticket type names none. What each is in per cent is the tax table's to say. */
export type TaxCategory = 'standard' | 'reduced' | 'zero' | 'exempt';

/** What the buyer pays on top of the tickets. */
export interface FeeTerms {
  readonly feeId: string;
  readonly name: string;
  readonly per: 'ticket' | 'order';
  /** In the event's currency; each ticket's, or the order's. Free tickets bear no fee. */
  readonly fixedMinor: number;
  /** Of the discounted price, in hundredths of a per cent: 250 is 2.5 %. */
  readonly basisPoints: number;
  readonly taxCategory?: TaxCategory;
}

export interface DiscountTerms {
  readonly discountId: string;
  readonly name: string;
  readonly off:
    | { readonly is: 'percentage'; readonly basisPoints: number }
    | { readonly is: 'amount'; readonly amountMinor: number; readonly per: 'ticket' | 'order' }
    | { readonly is: 'free' };
  /** `accessCodeHash(discountId, code)` of each code that asks for it. Absent: it applies by itself. */
  readonly codes?: readonly string[];
  /** Only these. Absent: all. */
  readonly ticketTypeIds?: readonly string[];
  /** Tickets of those types that the order must have. */
  readonly minTickets?: number;
  /** Orders that may use it in all; each code of a list of vouchers by itself, where `perCode`. */
  readonly maxUses?: number;
  readonly perCode?: true;
  readonly maxUsesPerBuyer?: number;
  readonly from?: Instant;
  readonly until?: Instant;
}

/** A price that holds for a time, or for so many, before the ticket type's own price does. The first that still holds is asked. */
export interface PriceTier {
  readonly tierId: string;
  readonly name: string;
  readonly price: Money;
  readonly until?: Instant;
  /** Tickets of the type sold at this price, over all orders. */
  readonly upTo?: number;
}

/** So many tickets of the type together for one price: a family of four. */
export interface PricePackage {
  readonly name: string;
  readonly size: number;
  readonly price: Money;
}

export interface Question {
  readonly questionId: string;
  readonly ask: string;
  readonly of: 'buyer' | 'attendee';
  readonly answer:
    | { readonly is: 'text'; readonly maxLength: number }
    | { readonly is: 'choice'; readonly choices: readonly string[] }
    | { readonly is: 'yes-no' };
  readonly required: boolean;
  /** Asked of these attendees only. */
  readonly ticketTypeIds?: readonly string[];
}
