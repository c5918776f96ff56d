import { IsPlainText } from '@boxoffice/shared/http';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import type { RefundReason } from '../core/refund';

export const reasonsToAsk = [
  'buyer-asked',
  'organizer-decided',
  'event-cancelled',
  'event-postponed',
  'duplicate',
  'fraud',
  'goodwill',
] as const satisfies readonly RefundReason[];

/** With neither tickets nor an amount: all that is left of the payment. With both: so much, for these tickets. */
export class RefundRequest {
  @IsString() @IsIn([...reasonsToAsk]) reason!: (typeof reasonsToAsk)[number];
  /** For those who run the event; the buyer is never told. */
  @IsOptional() @IsPlainText(500, { lines: true }) note?: string;
  /** Given back for what was paid for them, without fees, and void then. */
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @ArrayUnique()
  @IsString({ each: true })
  @MaxLength(64, { each: true })
  ticketIds?: string[];
  @IsOptional() @IsInt() @Min(1) @Max(1_000_000_000_000) amountMinor?: number;
}

export class EventRefundRequest {
  @IsString() @IsIn(['event-postponed', 'organizer-decided']) reason!:
    'event-postponed' | 'organizer-decided';
}
