import type { Press } from '@boxoffice/shared/papers';
import type { Instant } from '@boxoffice/shared/kernel';
import type { Order } from '../core/order';

/** The receipt as PDF, in the name of whoever sells. */
export const receiptPrinter =
  (press: Press, seller: string) =>
  ({
    orderId,
    buyer,
    event,
    lines,
    total,
    paidAt,
  }: Order & { readonly paidAt: Instant }): Promise<Uint8Array> =>
    press.receipt({ seller, receiptNumber: orderId, orderId, buyer, event, lines, total, paidAt });
