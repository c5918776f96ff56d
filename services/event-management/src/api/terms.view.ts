import type { FeeTerms, Question, SaleTerms, TaxCategory } from '@boxoffice/shared/contracts';
import { IsId, IsMinorUnits, IsPlainText, type Plain } from '@boxoffice/shared/http';
import { Type } from 'class-transformer';
import { IsArray, IsBoolean, IsIn, IsInt, IsOptional, IsString, ValidateNested } from 'class-validator';
import { openTicketTypes, type Event } from '../core/event';
import { taxCategories } from '../core/pricing';

export class SellerView {
  @IsPlainText(160) name!: string;
  @IsPlainText(300) address!: string;
  @IsString() country!: string;
  @IsOptional() @IsString() vatId?: string;
}

export class TaxPlaceView {
  @IsString() country!: string;
  @IsOptional() @IsString() region?: string;
  @IsOptional() @IsBoolean() online?: true;
}

export class FeeView {
  @IsId() feeId!: string;
  @IsPlainText(120) name!: string;
  @IsString() @IsIn(['ticket', 'order']) per!: FeeTerms['per'];
  /** In the event's currency. */
  @IsMinorUnits() fixedMinor!: number;
  @IsInt() basisPoints!: number;
  @IsOptional() @IsString() @IsIn(taxCategories) taxCategory?: TaxCategory;
}

export class AnswerView {
  @IsString() @IsIn(['text', 'choice', 'yes-no']) is!: Question['answer']['is'];
  @IsOptional() @IsInt() maxLength?: number;
  @IsOptional() @IsArray() @IsString({ each: true }) choices?: string[];
}

export class QuestionView {
  @IsId() questionId!: string;
  @IsPlainText(300) ask!: string;
  @IsString() @IsIn(['buyer', 'attendee']) of!: Question['of'];
  @ValidateNested() @Type(() => AnswerView) answer!: AnswerView;
  @IsBoolean() required!: boolean;
  @IsOptional() @IsArray() @IsId({ each: true }) ticketTypeIds?: string[];
}

/** As they can be written again. Each member absent where nothing is said of it. */
export class TermsView {
  @IsOptional() @ValidateNested() @Type(() => SellerView) seller?: SellerView;
  @IsOptional() @IsString() @IsIn(['included', 'added']) tax?: NonNullable<SaleTerms['tax']>;
  @IsOptional() @ValidateNested() @Type(() => TaxPlaceView) taxPlace?: TaxPlaceView;
  @IsOptional() @IsString() locale?: string;
  @IsOptional() @IsArray() @ValidateNested({ each: true }) @Type(() => FeeView) fees?: FeeView[];
  @IsOptional()
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => QuestionView)
  questions?: QuestionView[];
}

/** As anyone sees them: without what is asked of those alone whose ticket type is hidden. */
export function publicTermsOf(event: Event): Plain<TermsView> {
  const { questions, ...rest } = event.terms;
  const isOpen = (id: string): boolean => openTicketTypes(event).some((one) => one.ticketTypeId === id);
  const asked = questions
    ?.map(({ ticketTypeIds, ...question }) => ({
      ...question,
      ...(ticketTypeIds && { ticketTypeIds: ticketTypeIds.filter(isOpen) }),
    }))
    .filter(({ ticketTypeIds }) => ticketTypeIds?.length !== 0);
  return { ...rest, ...(asked && { questions: asked }) };
}
