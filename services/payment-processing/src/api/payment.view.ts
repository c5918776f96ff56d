import { IsId, IsInstant } from '@boxoffice/shared/http';
import { Type } from 'class-transformer';
import { IsArray, IsIn, IsOptional, IsString, ValidateNested } from 'class-validator';
import type { Payment, PaymentState } from '../core/payment';
import type { Refund } from '../core/refund';
import { MoneyView } from './order.view';
import { RefundView, refundView } from './refunds.view';
import type { Plain } from '@boxoffice/shared/http';

export const paymentStates: readonly PaymentState[] = [
  'authorised',
  'created',
  'unknown',
  'processing',
  'captured',
  'declined',
  'abandoned',
];

/** A payment as it was opened: the same each time the request is repeated, once the gateway has answered. */
export class OpenedPaymentView {
  @IsId() paymentId!: string;
  @IsId() orderId!: string;
  @IsString() gateway!: string;
  @ValidateNested() @Type(() => MoneyView) amount!: MoneyView;
  /** `unknown`: the gateway has not answered yet. Repeat the request, with its Idempotency-Key, or look the payment up. */
  @IsIn(['processing', 'declined', 'unknown']) state!: string;
  /** Where the buyer pays. */
  @IsOptional() @IsString() checkoutUrl?: string;
  @IsOptional() @IsString() declineReason?: string;
}

export class PaymentView {
  @IsId() paymentId!: string;
  @IsId() orderId!: string;
  @IsString() gateway!: string;
  @ValidateNested() @Type(() => MoneyView) amount!: MoneyView;
  @IsIn([...paymentStates]) state!: PaymentState;
  @IsInstant() createdAt!: string;
  @IsOptional() @IsInstant() capturedAt?: string;
  @IsOptional() @IsString() checkoutUrl?: string;
  @IsOptional() @IsString() declineReason?: string;
}

export class PaymentWithRefundsView extends PaymentView {
  @IsArray() @ValidateNested({ each: true }) @Type(() => RefundView) refunds!: readonly RefundView[];
}

export class PaymentPageView {
  @IsArray() @ValidateNested({ each: true }) @Type(() => PaymentView) items!: readonly PaymentView[];
  @IsOptional() @IsString() nextCursor?: string;
}

export function openedPaymentView(payment: Payment): Plain<OpenedPaymentView> {
  const { paymentId, orderId, gateway, amount, checkoutUrl, declineReason } = payment;
  const opened = { paymentId, orderId, gateway, amount };
  if (checkoutUrl !== undefined) return { ...opened, state: 'processing', checkoutUrl };
  // Declined without a page to pay at: the gateway never opened it.
  if (payment.state === 'declined' && declineReason !== undefined)
    return { ...opened, state: 'declined', declineReason };
  return { ...opened, state: 'unknown' };
}

export const paymentView = (payment: Payment): Plain<PaymentView> => ({
  paymentId: payment.paymentId,
  orderId: payment.orderId,
  gateway: payment.gateway,
  amount: payment.amount,
  state: payment.state,
  createdAt: payment.createdAt,
  ...(payment.capturedAt === undefined ? {} : { capturedAt: payment.capturedAt }),
  ...(payment.checkoutUrl === undefined ? {} : { checkoutUrl: payment.checkoutUrl }),
  ...(payment.declineReason === undefined ? {} : { declineReason: payment.declineReason }),
});

export const paymentWithRefundsView = (
  payment: Payment,
  refunds: readonly Refund[],
): Plain<PaymentWithRefundsView> => ({
  ...paymentView(payment),
  refunds: refunds.map(refundView),
});
