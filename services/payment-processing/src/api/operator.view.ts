import { IsId, IsInstant, type Plain } from '@boxoffice/shared/http';
import { Type } from 'class-transformer';
import { IsArray, IsBoolean, IsIn, IsInt, IsOptional, IsString, ValidateNested } from 'class-validator';
import type { Difference } from '../core/finance/reconcile';
import { waitsFor, type WaitingSaga } from '../core/waiting-sagas';
import { MoneyView } from './order.view';

export class WaitingSagaView {
  @IsIn(['order', 'payment', 'refund']) kind!: WaitingSaga['kind'];
  @IsId() id!: string;
  @IsId() orderId!: string;
  @IsString() state!: string;
  /** In words. */
  @IsString() waitsFor!: string;
  @IsInstant() since!: string;
  @IsInstant() nextAskAt!: string;
  /** How often it was asked since it came to this state. */
  @IsInt() asks!: number;
}

export class WaitingSagaPageView {
  @IsArray() @ValidateNested({ each: true }) @Type(() => WaitingSagaView) items!: readonly WaitingSagaView[];
  @IsOptional() @IsString() nextCursor?: string;
}

export class DifferenceView {
  @IsString() gateway!: string;
  @IsIn(['capture', 'refund', 'dispute', 'dispute-won']) is!: Difference['is'];
  @IsIn(['missing-here', 'missing-there', 'other-amount', 'other-currency']) what!: Difference['what'];
  /** The payment's or the refund's; of a dispute the payment's. */
  @IsOptional() @IsString() ourId?: string;
  /** The gateway's name for it. */
  @IsString() reference!: string;
  @IsOptional() @ValidateNested() @Type(() => MoneyView) here?: MoneyView;
  @IsOptional() @ValidateNested() @Type(() => MoneyView) there?: MoneyView;
}

export class ReconciliationView {
  @IsInstant() from!: string;
  @IsInstant() until!: string;
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => DifferenceView)
  differences!: readonly DifferenceView[];
  /** There are more than are listed. */
  @IsBoolean() more!: boolean;
}

export const waitingSagaView = (saga: WaitingSaga): Plain<WaitingSagaView> => ({
  ...saga,
  waitsFor: waitsFor(saga),
});

export const differenceView = (
  gateway: string,
  { is, what, ourId, reference, here, there }: Difference,
): Plain<DifferenceView> => ({
  gateway,
  is,
  what,
  ...(ourId === undefined ? {} : { ourId }),
  reference,
  ...(here === undefined ? {} : { here }),
  ...(there === undefined ? {} : { there }),
});
