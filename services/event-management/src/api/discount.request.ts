import { IsId, IsInstant, IsPlainText } from '@boxoffice/shared/http';
import type { Instant } from '@boxoffice/shared/kernel';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { mostCodes, type DiscountDetails, type OffDetails } from '../core/discount';
import { mostTicketTypes } from '../core/ticket-type';
import { AreCodes } from './codes';

export class OffRequest {
  @IsString() @IsIn(['percentage', 'amount', 'free']) is!: OffDetails['is'];
  /** Of a percentage, in hundredths of a per cent: 2500 is 25 %. */
  @IsOptional() @IsInt() @Min(1) @Max(10_000) basisPoints?: number;
  /** Of an amount, in the event's currency. */
  @IsOptional() @IsInt() @Min(1) @Max(1_000_000_000) amountMinor?: number;
  /** Of an amount: off each ticket, or off the order. */
  @IsOptional() @IsString() @IsIn(['ticket', 'order']) per?: 'ticket' | 'order';
}

/** A discount, whole. */
export class DiscountRequest {
  @IsPlainText(120) name!: string;
  @IsObject() @ValidateNested() @Type(() => OffRequest) off!: OffRequest;
  /** Whoever names one of them, in any case, has the discount. None, and no newCodes: everybody has. */
  @AreCodes(mostCodes) codes?: string[];
  /** So many codes, which nobody can guess, are made and added to these. */
  @IsOptional() @IsInt() @Min(0) @Max(mostCodes) newCodes: number = 0;
  /** Only these; all, where none are named. */
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(mostTicketTypes)
  @IsId({ each: true })
  ticketTypeIds?: string[];
  /** Tickets of those types that the order must have. */
  @IsOptional() @IsInt() @Min(1) @Max(100) minTickets?: number;
  /** Orders that may use it in all. */
  @IsOptional() @IsInt() @Min(1) @Max(1_000_000) maxUses?: number;
  /** Each code that often, rather than all of them together. */
  @IsOptional() @IsBoolean() perCode: boolean = false;
  @IsOptional() @IsInt() @Min(1) @Max(1000) maxUsesPerBuyer?: number;
  @IsOptional() @IsInstant() from?: Instant;
  @IsOptional() @IsInstant() until?: Instant;
}

export function discountDetailsOf(request: DiscountRequest): DiscountDetails {
  const { name, newCodes, codes, ticketTypeIds, minTickets, maxUses, perCode, maxUsesPerBuyer } = request;
  const { off, from, until } = request;
  return {
    name,
    newCodes,
    off: offOf(off),
    ...(codes && { codes }),
    ...(ticketTypeIds && { ticketTypeIds }),
    ...(minTickets !== undefined && { minTickets }),
    ...(maxUses !== undefined && { maxUses }),
    ...(perCode && { perCode }),
    ...(maxUsesPerBuyer !== undefined && { maxUsesPerBuyer }),
    ...(from && { from }),
    ...(until && { until }),
  };
}

const offOf = ({ is, basisPoints, amountMinor, per }: OffRequest): OffDetails => ({
  is,
  ...(basisPoints !== undefined && { basisPoints }),
  ...(amountMinor !== undefined && { amountMinor }),
  ...(per && { per }),
});
