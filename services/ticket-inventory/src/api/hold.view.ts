import { IsId, IsInstant } from '@boxoffice/shared/http';
import type { Instant } from '@boxoffice/shared/kernel';
import type { HoldClaims } from '@boxoffice/shared/tokens';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, ValidateNested } from 'class-validator';
import type { Hold, HoldStatus } from '../core/hold';
import type { Plain } from '@boxoffice/shared/http';

export class HoldLineView {
  @IsId() ticketTypeId!: string;
  @IsInt() quantity!: number;
}

export class HoldView {
  @IsString() holdId!: string;
  @IsId() eventId!: string;
  @IsIn(['held', 'confirmed', 'released', 'expired']) status!: HoldStatus;
  @IsInstant() expiresAt!: Instant;
  @ValidateNested({ each: true }) @Type(() => HoldLineView) lines!: HoldLineView[];
  /** Once it is paid for. */
  @IsOptional() @IsId() orderId?: string;
}

export class NewHoldView extends HoldView {
  /** Vouches for the hold; an order is placed with it. */
  @IsString() token!: string;
}

/** As it was when it was made: the same request gets the same answer, whatever has become of the hold. */
export const newHoldView = (claims: HoldClaims, token: string): Plain<NewHoldView> => ({
  ...termsView(claims),
  status: 'held',
  token,
});

export const holdView = (hold: Hold): Plain<HoldView> => ({
  ...termsView(hold),
  status: hold.status,
  ...(hold.status === 'confirmed' ? { orderId: hold.orderId } : {}),
});

const termsView = ({ holdId, expiresAt, lines }: Pick<HoldClaims, 'holdId' | 'expiresAt' | 'lines'>) => ({
  holdId,
  eventId: holdId.slice(0, 26),
  expiresAt,
  lines,
});
