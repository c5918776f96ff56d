import type { TaxCategory, TaxPlace } from '@boxoffice/shared/contracts';
import type { Instant } from '@boxoffice/shared/kernel';

/** One tax that a sale bears at a place and time. Canada's provinces may have two. */
export interface TaxRate {
  readonly name: string;
  /** In hundredths of a per cent: 2000 is 20 %. Quebec's 9.975 % is 997.5. */
  readonly basisPoints: number;
}

/** Who buys, as far as tax asks. */
export interface TaxedBuyer {
  /** ISO 3166-1 alpha-2. */
  readonly country?: string;
  /** Checked for its form and its check digits. */
  readonly vatId?: string;
}

export interface TaxVerdict {
  readonly rates: readonly TaxRate[];
  /** The rates are not charged: the buyer owes the tax. */
  readonly reverseCharge: boolean;
}

/** What is charged on a sale there and then. Undefined: the table knows no rate for the place. */
export type TaxOf = (
  place: TaxPlace,
  category: TaxCategory,
  at: Instant,
  buyer: TaxedBuyer,
  sellerCountry: string | undefined,
) => TaxVerdict | undefined;
export const TaxOf = Symbol('TaxOf');
