import type {
  FeeTerms,
  Question,
  SaleTerms,
  Seller,
  TaxCategory,
  TaxPlace,
} from '@boxoffice/shared/contracts';
import { IsId, IsMinorUnits, IsPlainText } from '@boxoffice/shared/http';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsISO31661Alpha2,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { taxCategories } from '../core/pricing';
import {
  mostFees,
  mostQuestions,
  type FeeDetails,
  type QuestionDetails,
  type TermsDetails,
} from '../core/terms';
import { mostTicketTypes } from '../core/ticket-type';

/** ISO 3166-1 alpha-2, in upper case: the decorator of that name takes either. */
function IsCountry(): PropertyDecorator {
  return (target, property) => {
    IsISO31661Alpha2()(target, property);
    Matches(/^[A-Z]{2}$/)(target, property);
  };
}

export class SellerRequest {
  @IsPlainText(160) name!: string;
  /** Street, post code and city, country: on one line. */
  @IsPlainText(300) address!: string;
  @IsCountry() country!: string;
  @IsOptional() @Matches(/^[A-Z0-9][A-Z0-9 .-]{2,18}[A-Z0-9]$/) vatId?: string;
}

export class TaxPlaceRequest {
  @IsCountry() country!: string;
  /** ISO 3166-2 without the country: `QC`. */
  @IsOptional() @Matches(/^[A-Z0-9]{1,3}$/) region?: string;
  /** Attended from anywhere. */
  @IsOptional() @IsBoolean() online: boolean = false;
}

export class FeeRequest {
  /** Of one that the event has; none: it is a new one. */
  @IsOptional() @IsId() feeId?: string;
  @IsPlainText(120) name!: string;
  @IsString() @IsIn(['ticket', 'order']) per!: FeeTerms['per'];
  /** In the event's currency. */
  @IsOptional() @IsMinorUnits(1_000_000_000) fixedMinor: number = 0;
  /** Hundredths of a per cent: 250 is 2.5 %. */
  @IsOptional() @IsInt() @Min(0) @Max(10_000) basisPoints: number = 0;
  @IsOptional() @IsString() @IsIn(taxCategories) taxCategory?: TaxCategory;
}

export class AnswerRequest {
  @IsString() @IsIn(['text', 'choice', 'yes-no']) is!: Question['answer']['is'];
  /** Of a text; 500 where none is given. */
  @IsOptional() @IsInt() @Min(1) @Max(2000) maxLength?: number;
  /** Of a choice. */
  @IsOptional()
  @IsArray()
  @ArrayMinSize(2)
  @ArrayMaxSize(50)
  @IsPlainText(120, {}, { each: true })
  choices?: string[];
}

export class QuestionRequest {
  /** Of one that the event has; none: it is a new one. */
  @IsOptional() @IsId() questionId?: string;
  @IsPlainText(300) ask!: string;
  @IsString() @IsIn(['buyer', 'attendee']) of!: Question['of'];
  @IsObject() @ValidateNested() @Type(() => AnswerRequest) answer!: AnswerRequest;
  @IsOptional() @IsBoolean() required: boolean = false;
  /** Asked of these attendees only. */
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(mostTicketTypes)
  @IsId({ each: true })
  ticketTypeIds?: string[];
}

/** The terms of sale, whole: what is left out is no longer so. */
export class TermsRequest {
  @IsOptional() @ValidateNested() @Type(() => SellerRequest) seller?: SellerRequest;
  /** Whether prices have the tax in them or it comes on top; none: no tax is charged. */
  @IsOptional() @IsString() @IsIn(['included', 'added']) tax?: NonNullable<SaleTerms['tax']>;
  /** Where the event is held, where none is given. */
  @IsOptional() @ValidateNested() @Type(() => TaxPlaceRequest) taxPlace?: TaxPlaceRequest;
  /** BCP 47: `de-AT`. */
  @IsOptional() @Matches(/^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?$/) locale?: string;
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(mostFees)
  @ValidateNested({ each: true })
  @Type(() => FeeRequest)
  fees: FeeRequest[] = [];
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(mostQuestions)
  @ValidateNested({ each: true })
  @Type(() => QuestionRequest)
  questions: QuestionRequest[] = [];
}

export const termsDetailsOf = ({
  seller,
  tax,
  taxPlace,
  locale,
  fees,
  questions,
}: TermsRequest): TermsDetails => ({
  ...(seller && { seller: sellerOf(seller) }),
  ...(tax && { tax }),
  ...(taxPlace && { taxPlace: taxPlaceOf(taxPlace) }),
  ...(locale && { locale }),
  fees: fees.map(feeOf),
  questions: questions.map(questionOf),
});

const sellerOf = ({ name, address, country, vatId }: SellerRequest): Seller => ({
  ...{ name, address, country },
  ...(vatId && { vatId }),
});

const taxPlaceOf = ({ country, region, online }: TaxPlaceRequest): TaxPlace => ({
  country,
  ...(region && { region }),
  ...(online && { online }),
});

const feeOf = ({ feeId, taxCategory, ...fee }: FeeRequest): FeeDetails => ({
  ...fee,
  ...(feeId && { feeId }),
  ...(taxCategory && { taxCategory }),
});

const questionOf = ({
  questionId,
  answer: { is, maxLength, choices },
  ticketTypeIds,
  ...question
}: QuestionRequest): QuestionDetails => ({
  ...question,
  ...(questionId && { questionId }),
  answer: { is, ...(maxLength !== undefined && { maxLength }), ...(choices && { choices }) },
  ...(ticketTypeIds && { ticketTypeIds }),
});
