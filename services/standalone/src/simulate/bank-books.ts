import type {
  PaymentAtGateway,
  PaymentOutcome,
  RefundAtGateway,
  RefundOutcome,
} from '@boxoffice/payment-processing/main';
import type { Money } from '@boxoffice/shared/kernel';

/** A payment in the books of a bank. */
export interface BankPayment {
  readonly paymentId: string;
  readonly orderId: string;
  readonly reference: string;
  readonly amount: Money;
  /** The buyer has done their part and the bank is at work: too late to take it back. */
  underWay: boolean;
  outcome: PaymentOutcome;
}

export interface BankRefund {
  readonly refundId: string;
  readonly reference: string;
  readonly paymentReference: string;
  readonly amount: Money;
  outcome: RefundOutcome;
}

export const seen = ({ paymentId, reference, outcome }: BankPayment): PaymentAtGateway => ({
  paymentId,
  reference,
  checkoutUrl: `https://bank.example/pay/${reference}`,
  outcome,
});

export const seenRefund = ({ refundId, reference, outcome }: BankRefund): RefundAtGateway => ({
  refundId,
  reference,
  outcome,
});
