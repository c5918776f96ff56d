import { IsId, IsPlainText } from '@boxoffice/shared/http';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsOptional, ValidateNested } from 'class-validator';
import { mostTicketTypes } from '../core/ticket-type';
import { seatMapLimits } from '../core/seat-map';
import type { Seating } from '../core/seating';

export class SeatedSectionRequest {
  @IsPlainText(40) section!: string;
  @IsId() ticketTypeId!: string;
  /** All of the section's where none are named. */
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(seatMapLimits.rowsOfSection)
  @IsPlainText(20, {}, { each: true })
  rows?: string[];
}

export class SeatingRequest {
  @IsId() seatMapId!: string;
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(seatMapLimits.sections * mostTicketTypes)
  @ValidateNested({ each: true })
  @Type(() => SeatedSectionRequest)
  sections!: SeatedSectionRequest[];
}

export const seatingOf = ({ seatMapId, sections }: SeatingRequest): Seating => ({
  seatMapId,
  sections: sections.map(({ section, ticketTypeId, rows }) => ({
    section,
    ticketTypeId,
    ...(rows && { rows }),
  })),
});
