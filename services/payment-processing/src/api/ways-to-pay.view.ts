import { type Plain } from '@boxoffice/shared/http';
import { Type } from 'class-transformer';
import { IsArray, IsIn, IsString, ValidateNested } from 'class-validator';
import { paymentMethods, type PaymentMethod } from '../core/gateway';
import type { WayToPay } from '../core/ways-to-pay';

export class WayToPayView {
  @IsString() gateway!: string;
  @IsArray() @IsIn([...paymentMethods], { each: true }) methods!: readonly PaymentMethod[];
}

export class WaysToPayView {
  @IsArray() @ValidateNested({ each: true }) @Type(() => WayToPayView) items!: readonly WayToPayView[];
}

export const waysToPayView = (ways: readonly WayToPay[]): Plain<WaysToPayView> => ({ items: [...ways] });
