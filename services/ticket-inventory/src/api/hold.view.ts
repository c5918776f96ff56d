import { IsId, IsInstant } from '@boxoffice/shared/http';
import type { Instant } from '@boxoffice/shared/kernel';
import { Type } from 'class-transformer';
import { IsBoolean, IsIn, IsInt, IsOptional, IsString, ValidateNested } from 'class-validator';
import { areSideBySide } from '../core/hall';
import type { Hold, HoldStatus, HoldTerms, Line } from '../core/hold';
import type { SealedHold } from '../core/hold-tickets';
import type { Plain } from '@boxoffice/shared/http';

export class HoldLineView {
  @IsId() ticketTypeId!: string;
  @IsInt() quantity!: number;
  /** `<section>/<row>/<number>` of each, where they are numbered. */
  @IsOptional() @IsString({ each: true }) seats?: string[];
  /** Whether they are all side by side in one row. */
  @IsOptional() @IsBoolean() together?: boolean;
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
export const newHoldView = ({ hold, token }: SealedHold): Plain<NewHoldView> => ({
  ...termsView(hold),
  status: 'held',
  token,
});

export const holdView = (hold: Hold): Plain<HoldView> => ({
  ...termsView(hold),
  status: hold.status,
  ...(hold.status === 'confirmed' ? { orderId: hold.orderId } : {}),
});

const termsView = ({ holdId, expiresAt, lines }: HoldTerms): Omit<Plain<HoldView>, 'status'> => ({
  holdId,
  eventId: holdId.slice(0, 26),
  expiresAt,
  lines: lineViews(lines),
});

export const lineViews = (lines: readonly Line[]): readonly Plain<HoldLineView>[] =>
  lines.map((line) => (line.seats ? { ...line, together: areSideBySide(line.seats) } : line));
