import { IsId, IsInstant, IsMinorUnits, IsPlainText } from '@boxoffice/shared/http';
import type { Instant } from '@boxoffice/shared/kernel';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import type { TicketTypeDetails } from '../core/ticket-type';
import { AreCodes } from './codes';
import { pricingDetailsOf, PricingRequest } from './pricing.request';

/** A ticket type, whole. Its price is in the event's currency. */
export class TicketTypeRequest extends PricingRequest {
  @IsPlainText(120) name!: string;
  @IsOptional() @IsPlainText(500, { least: 0, lines: true }) description: string = '';
  @IsMinorUnits(1_000_000_000) priceMinor!: number;
  @IsInt() @Min(1) @Max(1_000_000) capacity!: number;
  /** From publication where none is given. */
  @IsOptional() @IsInstant() salesFrom?: Instant;
  /** Until the event starts where none is given. */
  @IsOptional() @IsInstant() salesUntil?: Instant;
  @IsOptional() @IsInt() @Min(1) @Max(100) minPerOrder: number = 1;
  @IsOptional() @IsInt() @Min(1) @Max(100) maxPerOrder: number = 10;
  /** Of one buyer, over all orders; without limit where none is given. */
  @IsOptional() @IsInt() @Min(1) @Max(1000) maxPerBuyer?: number;
  /** A pool of the event. */
  @IsOptional() @IsId() poolId?: string;
  /** Where given, the ticket type is hidden, and sold only to who names one of them, in any case. */
  @AreCodes(100) accessCodes?: string[];
}

export const ticketTypeDetailsOf = (request: TicketTypeRequest): TicketTypeDetails => ({
  name: request.name,
  description: request.description,
  priceMinor: request.priceMinor,
  capacity: request.capacity,
  salesFrom: request.salesFrom,
  salesUntil: request.salesUntil,
  minPerOrder: request.minPerOrder,
  maxPerOrder: request.maxPerOrder,
  maxPerBuyer: request.maxPerBuyer,
  poolId: request.poolId,
  accessCodes: request.accessCodes,
  ...pricingDetailsOf(request),
});
