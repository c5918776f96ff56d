import { IsId } from '@boxoffice/shared/http';
import { IsString, Matches } from 'class-validator';

export class OpenPaymentRequest {
  @IsId() orderId!: string;
  /** One of those that this installation takes payments through: `sandbox`. */
  @IsString() @Matches(/^[a-z][a-z0-9-]{0,31}$/) gateway!: string;
}
