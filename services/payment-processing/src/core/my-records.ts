import { inject, injectable } from 'tsyringe';
import type { Order } from './order';
import type { Payment } from './payment';
import { Records, type Page } from './ports';
import type { Refund } from './refund';
import { orderNotFound, paymentNotFound, userNotFound } from './refusals';

/** A buyer's own orders and payments. Those of others are not there. */
@injectable()
export class MyRecords {
  constructor(@inject(Records) private readonly records: Records) {}

  async order(userId: string, orderId: string): Promise<Order> {
    const order = await this.records.order(orderId);
    if (order?.userId !== userId) throw orderNotFound();
    return order;
  }

  orders(userId: string, page: Page): Promise<readonly Order[]> {
    return this.records.ordersOf(userId, page);
  }

  async payment(userId: string, paymentId: string): Promise<Payment> {
    const payment = await this.records.payment(paymentId);
    if (payment?.userId !== userId) throw paymentNotFound();
    return payment;
  }

  refundsOf(payment: Payment): Promise<readonly Refund[]> {
    return this.records.refundsOf(payment.paymentId);
  }

  async payments(userId: string, ofUserId: string, page: Page): Promise<readonly Payment[]> {
    if (ofUserId !== userId) throw userNotFound();
    return this.records.paymentsOf(userId, page);
  }
}
