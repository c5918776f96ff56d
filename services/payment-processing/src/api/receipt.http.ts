import { route, type Route } from '@boxoffice/shared/http';
import type { MyRecords } from '../core/my-records';
import type { Order } from '../core/order';

/** Prints a receipt: PDF. */
export type PrintReceipt = (
  order: Order & { readonly paidAt: NonNullable<Order['paidAt']> },
) => Promise<Uint8Array>;

export const getReceipt = (mine: MyRecords, print: PrintReceipt): Route =>
  route({
    method: 'GET',
    path: '/orders/{orderId}/receipt.pdf',
    summary: 'The receipt of an order of yours, once it is paid',
    access: 'signed-in',
    answers: { status: 200, description: 'The receipt', contentType: 'application/pdf' },
    async handle({ principal, params }) {
      const order = await mine.paidOrder(principal.userId, params['orderId'] ?? '');
      const headers = {
        'content-type': 'application/pdf',
        'content-disposition': `attachment; filename="receipt-${order.orderId}.pdf"`,
      };
      return { status: 200, headers, bytes: await print(order) };
    },
  });
