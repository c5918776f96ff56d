import type { Press } from '@boxoffice/shared/papers';
import type { Instant } from '@boxoffice/shared/kernel';
import { linesOf, type Order } from '../core/order';

/** The receipt as PDF, in the name of whoever sells. */
export const receiptPrinter =
  (press: Press, seller: string) =>
  (order: Order & { readonly paidAt: Instant }): Promise<Uint8Array> => {
    const { orderId, buyer, event, price, paidAt } = order;
    const { total } = price;
    return press.receipt({
      seller,
      receiptNumber: orderId,
      orderId,
      buyer,
      event,
      lines: linesOf(order),
      total,
      paidAt,
    });
  };
