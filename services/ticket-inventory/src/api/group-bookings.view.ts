import { IsId, IsInstant, type Plain } from '@boxoffice/shared/http';
import type { Instant } from '@boxoffice/shared/kernel';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, ValidateNested } from 'class-validator';
import type { BookedGroup } from '../core/book-group';
import type { GroupAsSeen, PartAsSeen } from '../core/find-group';
import type { GroupState } from '../core/group';
import { HoldLineView, lineViews } from './hold.view';

export class NewPartView {
  /** From 1. */
  @IsInt() part!: number;
  /** For whoever is to pay for this part. Keep it from others: the first to show it has the part. */
  @IsString() invitation!: string;
  @ValidateNested({ each: true }) @Type(() => HoldLineView) lines!: HoldLineView[];
}

export class NewGroupView {
  @IsString() groupId!: string;
  @IsId() eventId!: string;
  /** Until then all have to have paid. */
  @IsInstant() expiresAt!: Instant;
  @ValidateNested({ each: true }) @Type(() => NewPartView) parts!: NewPartView[];
}

export class PartView {
  @IsInt() part!: number;
  @ValidateNested({ each: true }) @Type(() => HoldLineView) lines!: HoldLineView[];
  @IsIn(['free', 'claimed', 'paid']) state!: PartAsSeen['state'];
  /** Where it is yours. */
  @IsOptional() @IsString() holdId?: string;
}

export class GroupView {
  @IsString() groupId!: string;
  @IsId() eventId!: string;
  @IsIn(['open', 'complete', 'released', 'expired']) state!: GroupState;
  @IsInstant() expiresAt!: Instant;
  @ValidateNested({ each: true }) @Type(() => PartView) parts!: PartView[];
}

/** As it was when it was made: the same request gets the same answer, whatever has become of the group. */
export const newGroupView = ({ group: { groupId }, parts, expiresAt }: BookedGroup): Plain<NewGroupView> => ({
  groupId,
  eventId: groupId.slice(0, 26),
  expiresAt,
  parts: parts.map(({ hold, invitation }, i) => ({ part: i + 1, invitation, lines: lineViews(hold.lines) })),
});

export const groupView = ({ groupId, state, expiresAt, parts }: GroupAsSeen): Plain<GroupView> => ({
  groupId,
  eventId: groupId.slice(0, 26),
  state,
  expiresAt,
  parts: parts.map((part) => ({ ...part, lines: lineViews(part.lines) })),
});
