import type { TaxCategory } from '@boxoffice/shared/contracts';
import { IsCurrency, IsId, IsInstant, IsMinorUnits, IsPlainText } from '@boxoffice/shared/http';
import type { Instant } from '@boxoffice/shared/kernel';
import { Type } from 'class-transformer';
import { IsArray, IsBoolean, IsIn, IsInt, IsOptional, IsString, ValidateNested } from 'class-validator';
import { taxCategories } from '../core/pricing';

export class PriceView {
  @IsMinorUnits() amountMinor!: number;
  @IsCurrency() currency!: string;
}

export class TierView {
  @IsId() tierId!: string;
  @IsPlainText(120) name!: string;
  @ValidateNested() @Type(() => PriceView) price!: PriceView;
  @IsOptional() @IsInstant() until?: Instant;
  @IsOptional() @IsInt() upTo?: number;
}

export class PackageView {
  @IsPlainText(120) name!: string;
  @IsInt() size!: number;
  @ValidateNested() @Type(() => PriceView) price!: PriceView;
}

/** How a price comes about. Each member absent where there is nothing of it. */
export class PricingView {
  /** Before the price itself; the first that still holds is asked. */
  @IsOptional() @IsArray() @ValidateNested({ each: true }) @Type(() => TierView) tiers?: TierView[];
  @IsOptional() @IsArray() @ValidateNested({ each: true }) @Type(() => PackageView) packages?: PackageView[];
  /** The buyer names the price, from the price itself upwards. */
  @IsOptional() @IsBoolean() donation?: true;
  @IsOptional() @IsArray() @IsId({ each: true }) addOnTo?: string[];
  @IsOptional() @IsString() @IsIn(taxCategories) taxCategory?: TaxCategory;
}
