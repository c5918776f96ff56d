import { IsId, IsPlainText } from '@boxoffice/shared/http';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsInt,
  IsOptional,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { mostLines, mostTicketsAHold } from '../core/hold-tickets';

export class HoldLineRequest {
  @IsId() ticketTypeId!: string;
  @IsInt() @Min(1) @Max(mostTicketsAHold) quantity!: number;
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
