import { IsId, IsMinorUnits, IsPlainText } from '@boxoffice/shared/http';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsEmail,
  IsISO31661Alpha2,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
  MinLength,
  ValidateNested,
} from 'class-validator';

const most = { codes: 10, giftCards: 10, prices: 20, answers: 50, attendees: 100 } as const;
const longestAnswer = 2000;

/** As if they stood over the property, one below another. */
const all =
  (...rules: readonly PropertyDecorator[]): PropertyDecorator =>
  (request, property) => {
    for (const rule of rules.toReversed()) rule(request, property);
  };
const MayBeListOf = (item: () => new () => object, longest: number): PropertyDecorator =>
  all(IsOptional(), IsArray(), ArrayMaxSize(longest), ValidateNested({ each: true }), Type(item));
const MayBeCodes = (longest: number): PropertyDecorator =>
  all(
    ...[IsOptional(), IsArray(), ArrayMaxSize(longest), IsString({ each: true })],
    ...[MinLength(1, { each: true }), MaxLength(64, { each: true })],
  );

export class BuyerRequest {
  @IsPlainText(200) name!: string;
  @IsEmail() @MaxLength(320) email!: string;
  /** In whose name invoices are made out. */
  @IsOptional() @IsPlainText(200) company?: string;
  /** With its country's two letters, without spaces: `ATU12345675`. */
  @IsOptional() @IsString() @Matches(/^[A-Z]{2}[0-9A-Z+*]{2,14}$/) vatId?: string;
  @IsOptional() @IsISO31661Alpha2() @Matches(/^[A-Z]{2}$/) country?: string;
  /** BCP 47, of papers and letters: `de-AT`. */
  @IsOptional() @IsString() @Matches(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/) locale?: string;
}

export class NamedPriceRequest {
  @IsId() ticketTypeId!: string;
  /** For a ticket; at least what is listed. */
  @IsMinorUnits(1_000_000_000) amountMinor!: number;
}

export class AnswerRequest {
  @IsString() @MinLength(1) @MaxLength(64) questionId!: string;
  /** `yes` or `no`, one of the choices, or text. */
  @IsPlainText(longestAnswer, { least: 0, lines: true }) answer!: string;
}

export class AttendeeRequest {
  @IsId() ticketTypeId!: string;
  @IsOptional() @IsPlainText(200) name?: string;
  @IsOptional() @IsEmail() @MaxLength(320) email?: string;
  @MayBeListOf(() => AnswerRequest, most.answers) answers?: AnswerRequest[];
}

export class PlaceOrderRequest {
  /** As ticket-inventory answered it. */
  @IsString() @MinLength(1) @MaxLength(4096) holdToken!: string;
  /** Whom the tickets are for; whoever is signed in, when not given. */
  @IsOptional() @IsObject() @ValidateNested() @Type(() => BuyerRequest) buyer?: BuyerRequest;

  /** Of discounts. */
  @MayBeCodes(most.codes) codes?: string[];

  /** Codes of gift cards; spent in this order, as far as each goes. */
  @MayBeCodes(most.giftCards) giftCards?: string[];

  /** Of ticket types whose price the buyer names. */
  @MayBeListOf(() => NamedPriceRequest, most.prices)
  @ArrayUnique((price: NamedPriceRequest | null) => price?.ticketTypeId, {
    message: 'prices must name each ticket type once',
  })
  prices?: NamedPriceRequest[];

  /** The buyer's, to what the event asks of them. */
  @MayBeListOf(() => AnswerRequest, most.answers) answers?: AnswerRequest[];

  /** Who comes, one a ticket. */
  @MayBeListOf(() => AttendeeRequest, most.attendees) attendees?: AttendeeRequest[];
}
