import { IsId, IsPlainText } from '@boxoffice/shared/http';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsInt,
  IsOptional,
  IsString,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { groupRules } from '../core/group';
import { mostLines } from '../core/hold-tickets';

export class PartLineRequest {
  @IsId() ticketTypeId!: string;
  @IsInt() @Min(1) @Max(groupRules.tickets) quantity!: number;
}

export class PartRequest {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(mostLines)
  @ArrayUnique((line: PartLineRequest | null) => line?.ticketTypeId, {
    message: 'lines must name each ticket type once',
  })
  @ValidateNested({ each: true })
  @Type(() => PartLineRequest)
  lines!: PartLineRequest[];
}

export class BookGroupRequest {
  @IsId() eventId!: string;

  @IsArray()
  @ArrayMinSize(groupRules.parts.least)
  @ArrayMaxSize(groupRules.parts.most)
  @ValidateNested({ each: true })
  @Type(() => PartRequest)
  parts!: PartRequest[];

  /** For ticket types that are hidden from who doesn't know it. */
  @IsOptional() @IsPlainText(60) accessCode?: string;
}

export class ClaimPartRequest {
  /** As the group's leader was told it. */
  @IsString() @MaxLength(100) invitation!: string;
}
