import { IsId, IsPlainText } from '@boxoffice/shared/http';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsInt,
  IsOptional,
  IsString,
  Max,
  MaxLength,
  Min,
  ValidateBy,
  ValidateIf,
  ValidateNested,
  type ValidationArguments,
} from 'class-validator';
import type { AskedLine } from '../core/choose-seats';
import { mostLines, mostTicketsAHold } from '../core/hold-tickets';

const longestSeat = 200;

/** A rule between the members of a line. */
function FitsLine(rule: string, fits: (line: HoldLineRequest) => boolean): PropertyDecorator {
  const validate = (_: unknown, args?: ValidationArguments) => fits(args?.object as HoldLineRequest);
  return ValidateBy({ name: 'fitsLine', validator: { validate, defaultMessage: () => `$property ${rule}` } });
}

export class HoldLineRequest {
  @IsId() ticketTypeId!: string;

  /** May be left out where seats are named. */
  @ValidateIf((line: HoldLineRequest) => line.quantity !== undefined || line.seats === undefined)
  @IsInt()
  @Min(1)
  @Max(mostTicketsAHold)
  @FitsLine(
    'must be the number of seats',
    ({ quantity, seats }) => !Array.isArray(seats) || seats.length === 0 || quantity === seats.length,
  )
  quantity?: number;

  /** `<section>/<row>/<number>` of each. Where none are named, numbered seats are chosen: the best. */
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(mostTicketsAHold)
  @ArrayUnique()
  @IsString({ each: true })
  @MaxLength(longestSeat, { each: true })
  @FitsLine('must not be named where others are wished for', (line) => !line.together && !line.accessible)
  seats?: string[];

  /** All side by side in one row, rather than as near as can be. */
  @IsOptional() @IsBoolean() together?: boolean;

  /** One of them at least accessible: nobody else is given one. */
  @IsOptional() @IsBoolean() accessible?: boolean;
}

export class HoldTicketsRequest {
  @IsId() eventId!: string;

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(mostLines)
  @ArrayUnique((line: HoldLineRequest | null) => line?.ticketTypeId, {
    message: 'lines must name each ticket type once',
  })
  @ValidateNested({ each: true })
  @Type(() => HoldLineRequest)
  lines!: HoldLineRequest[];

  /** For ticket types that are hidden from who doesn't know it. */
  @IsOptional() @IsPlainText(60) accessCode?: string;
}

export const askedLine = ({ quantity, ...line }: HoldLineRequest): AskedLine => ({
  ...line,
  quantity: quantity ?? line.seats?.length ?? 0,
});
