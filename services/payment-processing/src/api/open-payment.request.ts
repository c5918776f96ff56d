import { IsId } from '@boxoffice/shared/http';
import { IsIn, IsOptional, IsString, Matches } from 'class-validator';
import { paymentMethods, type PaymentMethod } from '../core/gateway';

export class OpenPaymentRequest {
  @IsId() orderId!: string;
  /** One of the order's ways to pay; chosen for the buyer where absent. */
  @IsOptional() @IsString() @Matches(/^[a-z][a-z0-9-]{0,31}$/) gateway?: string;
  /** One of the gateway's methods; the buyer chooses at the gateway where absent. */
  @IsOptional() @IsString() @IsIn([...paymentMethods]) method?: PaymentMethod;
}
