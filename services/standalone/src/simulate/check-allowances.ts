import { priceOf, type Books, type OrderOnFile } from './books';
import type { Evidence } from './evidence';

/** Codes are used no more often than their organiser allows; what an order took is given back where it came to nothing. */
export function checkAllowances(books: Books, evidence: Evidence): void {
  const { allowances, uses, orders } = books;
  for (const { allowanceId, taken } of allowances) {
    const own = uses.filter((one) => one.allowanceId === allowanceId);
    const inUse = own.reduce((sum, { units, isTaken }) => sum + units * isTaken, 0);
    if (taken !== inUse || own.some(({ most }) => taken > most))
      evidence.violated(`${taken} of ${allowanceId} are taken, orders have ${inUse}: ${JSON.stringify(own)}`);
  }
  for (const order of orders)
    for (const { allowanceId, isTaken } of uses.filter((one) => one.orderId === order.orderId))
      if ((isTaken === 1) !== keepsIt(order))
        evidence.violated(
          `order ${order.orderId} is ${order.state}, and ${isTaken ? 'keeps' : 'gave back'} ${allowanceId}`,
        );

  const used = orders
    .filter(keepsIt)
    .flatMap((order) => priceOf(order).discounts.map((discount) => ({ ...discount, who: order.userId })));
  for (const {
    discountId,
    maxUses = Infinity,
    perCode,
    maxUsesPerBuyer = Infinity,
  } of evidence.discounts.values()) {
    const own = used.filter((one) => one.discountId === discountId);
    const most = (groups: Map<string | undefined, unknown[]>): number =>
      Math.max(0, ...[...groups.values()].map(({ length }) => length));
    const often = perCode ? most(Map.groupBy(own, ({ code }) => code)) : own.length;
    const byOne = most(Map.groupBy(own, ({ who }) => who));
    if (often > maxUses || byOne > maxUsesPerBuyer)
      evidence.violated(`${discountId} for ${maxUses} was used ${often} times, ${byOne} times by one buyer`);
  }
}

/** It came to tickets, and was not called off. */
export const keepsIt = ({ state, fulfilledAt }: OrderOnFile): boolean =>
  fulfilledAt !== null && state !== 'cancelled';
