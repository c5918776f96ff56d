import { IsId, IsInstant, IsMinorUnits, IsPlainText } from '@boxoffice/shared/http';
import type { Instant } from '@boxoffice/shared/kernel';
import { Type } from 'class-transformer';
import { IsArray, IsBoolean, IsIn, IsInt, IsOptional, IsString, ValidateNested } from 'class-validator';
import type { Discount } from '../core/discount';

export class OffView {
  @IsString() @IsIn(['percentage', 'amount', 'free']) is!: Discount['off']['is'];
  @IsOptional() @IsInt() basisPoints?: number;
  @IsOptional() @IsMinorUnits() amountMinor?: number;
  @IsOptional() @IsString() @IsIn(['ticket', 'order']) per?: 'ticket' | 'order';
}

/** Its organiser's alone to see. */
export class DiscountView {
  @IsId() discountId!: string;
  @IsPlainText(120) name!: string;
  @ValidateNested() @Type(() => OffView) off!: OffView;
  @IsOptional() @IsArray() @IsString({ each: true }) codes?: string[];
  @IsOptional() @IsArray() @IsId({ each: true }) ticketTypeIds?: string[];
  @IsOptional() @IsInt() minTickets?: number;
  @IsOptional() @IsInt() maxUses?: number;
  @IsOptional() @IsBoolean() perCode?: true;
  @IsOptional() @IsInt() maxUsesPerBuyer?: number;
  @IsOptional() @IsInstant() from?: Instant;
  @IsOptional() @IsInstant() until?: Instant;
}

export class DiscountsView {
  @IsArray() @ValidateNested({ each: true }) @Type(() => DiscountView) items!: DiscountView[];
}
