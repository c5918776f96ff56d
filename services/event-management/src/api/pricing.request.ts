import type { TaxCategory } from '@boxoffice/shared/contracts';
import { IsId, IsInstant, IsMinorUnits, IsPlainText } from '@boxoffice/shared/http';
import type { Instant } from '@boxoffice/shared/kernel';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import {
  mostPackages,
  mostTiers,
  taxCategories,
  type Package,
  type PricingDetails,
  type TierDetails,
} from '../core/pricing';

/** Has an end: until, upTo, or both. */
export class TierRequest {
  @IsPlainText(120) name!: string;
  @IsMinorUnits(1_000_000_000) priceMinor!: number;
  @IsOptional() @IsInstant() until?: Instant;
  /** Tickets sold at this price. */
  @IsOptional() @IsInt() @Min(1) @Max(1_000_000) upTo?: number;
}

export class PackageRequest {
  @IsPlainText(120) name!: string;
  /** Tickets in it. */
  @IsInt() @Min(2) @Max(100) size!: number;
  /** Of all of them together. */
  @IsMinorUnits(1_000_000_000) priceMinor!: number;
}

/** How a price comes about. What a ticket type has of it. */
export class PricingRequest {
  /** Asked in this order, before the price itself. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(mostTiers)
  @ValidateNested({ each: true })
  @Type(() => TierRequest)
  tiers: TierRequest[] = [];
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(mostPackages)
  @ValidateNested({ each: true })
  @Type(() => PackageRequest)
  packages: PackageRequest[] = [];
  /** The buyer names the price, from priceMinor upwards. */
  @IsOptional() @IsBoolean() donation: boolean = false;
  /** Sold only beside a ticket of one of these types. */
  @IsOptional() @IsArray() @ArrayMaxSize(49) @IsId({ each: true }) addOnTo: string[] = [];
  @IsOptional() @IsString() @IsIn(taxCategories) taxCategory?: TaxCategory;
}

export const pricingDetailsOf = (request: PricingRequest): PricingDetails => {
  const { tiers, packages, donation, addOnTo, taxCategory } = request;
  return {
    ...(tiers.length > 0 && { tiers: tiers.map(tierOf) }),
    ...(packages.length > 0 && { packages: packages.map(packageOf) }),
    ...(donation && { donation }),
    ...(addOnTo.length > 0 && { addOnTo }),
    ...(taxCategory && { taxCategory }),
  };
};

const tierOf = ({ name, priceMinor, until, upTo }: TierRequest): TierDetails => ({
  ...{ name, priceMinor },
  ...(until && { until }),
  ...(upTo !== undefined && { upTo }),
});

const packageOf = ({ name, size, priceMinor }: PackageRequest): Package => ({ name, size, priceMinor });
