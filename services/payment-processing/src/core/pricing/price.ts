import type { TaxCategory } from '@boxoffice/shared/contracts';
import type { Money } from '@boxoffice/shared/kernel';

/**
 * What an order costs, and how that comes about. All amounts are in one currency, and to the minor unit:
 *
 * - of a line, `listTotal` − `discount` is what is asked for it; with the tax added where it is not included: `gross` = `net` + `tax`;
 * - `total` is the sum of every line's and fee's `gross`; `due` = `total` − what gift cards pay.
 */
export interface Price {
  readonly lines: readonly PricedLine[];
  readonly fees: readonly PricedFee[];
  readonly discounts: readonly AppliedDiscount[];
  /** One entry a tax and rate, over lines and fees. */
  readonly taxes: readonly TaxSum[];
  readonly total: Money;
  readonly giftCards: readonly GiftCardShare[];
  /** What is to be paid at a gateway. */
  readonly due: Money;
}

export interface PricedLine extends Taxed {
  readonly ticketTypeId: string;
  readonly name: string;
  readonly quantity: number;
  /** Of one ticket, before discounts; of its tier where one holds. Several prices for one ticket type are several lines. */
  readonly unitPrice: Money;
  readonly tierId?: string;
  /** So many packages of so many tickets each; `unitPrice` is then a package's. */
  readonly package?: { readonly name: string; readonly size: number };
  readonly listTotal: Money;
  readonly discount: Money;
}

export interface PricedFee extends Taxed {
  readonly feeId: string;
  readonly name: string;
}

/** How much of an amount is tax. */
export interface Taxed {
  readonly taxCategory: TaxCategory;
  readonly net: Money;
  readonly tax: Money;
  readonly gross: Money;
}

export interface TaxSum {
  /** As it is called there: VAT, USt, GST, HST, ICMS. */
  readonly name: string;
  /** In hundredths of a per cent: 2000 is 20 %. Quebec's 9.975 % is 997.5. */
  readonly basisPoints: number;
  readonly net: Money;
  readonly tax: Money;
  /** Not charged: the buyer, a business with a VAT number in another country, owes it. */
  readonly reverseCharge?: true;
}

export interface AppliedDiscount {
  readonly discountId: string;
  readonly name: string;
  /** As the buyer named it, where it needed one. */
  readonly code?: string;
  readonly amount: Money;
}

export interface GiftCardShare {
  readonly giftCardId: string;
  readonly amount: Money;
}
