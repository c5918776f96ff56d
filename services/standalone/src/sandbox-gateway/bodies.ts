import type { SandboxMovement, SandboxPayment, SandboxRefund } from './store';

/** A payment as the API and the notices tell of it. */
export const paymentBody = (publicUrl: string, payment: SandboxPayment): object => ({
  seq: payment.seq,
  reference: payment.reference,
  clientReference: payment.clientReference,
  amountMinor: payment.amountMinor,
  currency: payment.currency,
  status: payment.status,
  refundedMinor: payment.refundedMinor,
  checkoutUrl: `${publicUrl}/sandbox/pay/${payment.reference}`,
  ...(payment.capturedAt === null ? {} : { capturedAt: payment.capturedAt }),
  ...(payment.declineReason === null ? {} : { declineReason: payment.declineReason }),
});

export const refundBody = (refund: SandboxRefund): object => ({ ...refund, status: 'succeeded' });

export const movementsBody = (items: readonly SandboxMovement[], next: number | undefined): object => ({
  items,
  ...(next === undefined ? {} : { next }),
});
