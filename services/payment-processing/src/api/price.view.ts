import { IsCurrency, IsId, IsMinorUnits, type Plain } from '@boxoffice/shared/http';
import { Type } from 'class-transformer';
import {
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNumber,
  IsOptional,
  IsString,
  ValidateNested,
} from 'class-validator';
import type { Price, Taxed } from '../core/pricing/price';

const taxCategories: readonly Taxed['taxCategory'][] = ['standard', 'reduced', 'zero', 'exempt'];

export class MoneyView {
  @IsMinorUnits() amountMinor!: number;
  @IsCurrency() currency!: string;
}

export class PackageView {
  @IsString() name!: string;
  /** Tickets in one. */
  @IsInt() size!: number;
}

/** A line in brief. */
export class OrderLineView {
  @IsId() ticketTypeId!: string;
  @IsString() name!: string;
  /** Of tickets, or of packages. */
  @IsInt() quantity!: number;
  @ValidateNested() @Type(() => MoneyView) unitPrice!: MoneyView;
  /** What is paid for it: its `gross`. */
  @ValidateNested() @Type(() => MoneyView) lineTotal!: MoneyView;
}

/** `net` + `tax` = `gross`. */
export class PriceLineView extends OrderLineView {
  @IsOptional() @IsString() tierId?: string;
  @IsOptional() @ValidateNested() @Type(() => PackageView) package?: PackageView;
  /** Before discounts. */
  @ValidateNested() @Type(() => MoneyView) listTotal!: MoneyView;
  @ValidateNested() @Type(() => MoneyView) discount!: MoneyView;
  @IsIn([...taxCategories]) taxCategory!: Taxed['taxCategory'];
  @ValidateNested() @Type(() => MoneyView) net!: MoneyView;
  @ValidateNested() @Type(() => MoneyView) tax!: MoneyView;
  @ValidateNested() @Type(() => MoneyView) gross!: MoneyView;
}

export class FeeView {
  @IsString() feeId!: string;
  @IsString() name!: string;
  @IsIn([...taxCategories]) taxCategory!: Taxed['taxCategory'];
  @ValidateNested() @Type(() => MoneyView) net!: MoneyView;
  @ValidateNested() @Type(() => MoneyView) tax!: MoneyView;
  @ValidateNested() @Type(() => MoneyView) gross!: MoneyView;
}

export class DiscountView {
  @IsString() discountId!: string;
  @IsString() name!: string;
  @IsOptional() @IsString() code?: string;
  @ValidateNested() @Type(() => MoneyView) amount!: MoneyView;
}

export class TaxView {
  @IsString() name!: string;
  /** Hundredths of a per cent. */
  @IsNumber() basisPoints!: number;
  @ValidateNested() @Type(() => MoneyView) net!: MoneyView;
  @ValidateNested() @Type(() => MoneyView) tax!: MoneyView;
  /** Not charged: the buyer owes it. */
  @IsOptional() @IsBoolean() reverseCharge?: boolean;
}

export class GiftCardShareView {
  @IsId() giftCardId!: string;
  @ValidateNested() @Type(() => MoneyView) amount!: MoneyView;
}

/** The `gross` of all lines and fees is the `total`; what gift cards leave of it is `due`. */
export class PriceView {
  @IsArray() @ValidateNested({ each: true }) @Type(() => PriceLineView) lines!: readonly PriceLineView[];
  @IsArray() @ValidateNested({ each: true }) @Type(() => FeeView) fees!: readonly FeeView[];
  @IsArray() @ValidateNested({ each: true }) @Type(() => DiscountView) discounts!: readonly DiscountView[];
  @IsArray() @ValidateNested({ each: true }) @Type(() => TaxView) taxes!: readonly TaxView[];
  @ValidateNested() @Type(() => MoneyView) total!: MoneyView;
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => GiftCardShareView)
  giftCards!: readonly GiftCardShareView[];
  @ValidateNested() @Type(() => MoneyView) due!: MoneyView;
}

export const priceView = ({ lines, ...price }: Price): Plain<PriceView> => ({
  lines: lines.map((line) => ({ ...line, lineTotal: line.gross })),
  ...price,
});
