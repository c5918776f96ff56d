import { IsId } from '@boxoffice/shared/http';
import { Type } from 'class-transformer';
import { IsArray, IsOptional, IsString, ValidateNested } from 'class-validator';

export class AnswerView {
  @IsString() questionId!: string;
  @IsString() answer!: string;
}

export class AttendeeView {
  @IsId() ticketTypeId!: string;
  @IsOptional() @IsString() name?: string;
  @IsOptional() @IsString() email?: string;
  @IsArray() @ValidateNested({ each: true }) @Type(() => AnswerView) answers!: readonly AnswerView[];
}

export class AnswersView {
  @IsArray() @ValidateNested({ each: true }) @Type(() => AnswerView) buyer!: readonly AnswerView[];
  @IsArray() @ValidateNested({ each: true }) @Type(() => AttendeeView) attendees!: readonly AttendeeView[];
}
