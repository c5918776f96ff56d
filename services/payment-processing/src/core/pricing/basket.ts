import type { SaleTerms, TicketTypeOnSale } from '@boxoffice/shared/contracts';
import type { Instant } from '@boxoffice/shared/kernel';
import type { TaxedBuyer } from '../tax/tax';

/** A ticket type as it was announced, as far as its price asks. */
export type TicketPrice = Pick<
  TicketTypeOnSale,
  'ticketTypeId' | 'name' | 'price' | 'tiers' | 'packages' | 'donation' | 'addOnTo' | 'taxCategory'
>;

/** What a buyer asks the price of. */
export interface Basket {
  readonly held: readonly { readonly ticketTypeId: string; readonly quantity: number }[];
  /** What the buyer gives for a ticket of a type that lets them name its price, in minor units. */
  readonly named: readonly { readonly ticketTypeId: string; readonly amountMinor: number }[];
  /** Of discounts. */
  readonly codes: readonly string[];
  readonly userId: string;
  readonly taxed: TaxedBuyer;
}

/** What it is priced by. */
export interface Offer {
  readonly eventId: string;
  readonly prices: readonly TicketPrice[];
  readonly terms: SaleTerms;
  readonly now: Instant;
  /** Tickets and uses that are taken already, by allowance. */
  readonly taken: ReadonlyMap<string, number>;
}
