import type { Draft } from './draft';
import type { Group } from './group';
import { refuseOrder, type PaidOrder } from './outcomes';

/** What a commit carries of expiries, and of outcomes of paid orders whose group was not completed in time. */
interface Room {
  readonly expiries: number;
  readonly lapsedOrders: number;
}

/** What has fallen due is available again before anyone is told that it isn't. */
export function endDue(draft: Draft, most: Room): void {
  for (let due = draft.firstDue(); due; due = draft.firstDue()) {
    const group = due.part && draft.groups.group(due.part.groupId);
    const orders = draft.orders.length + (group ? paidIn(draft, group).length : 0);
    draft.hasMoreDue = draft.moves.length >= most.expiries || orders > most.lapsedOrders;
    if (draft.hasMoreDue) return;
    if (group) endGroup(draft, group, 'expired');
    else draft.endUnsold(due, 'expired');
  }
}

/** Whole: those who have paid for their part hear that there will be no tickets, and get their money back. */
export function endGroup(draft: Draft, group: Group, how: 'released' | 'expired'): void {
  const paid = paidIn(draft, group);
  for (const part of draft.partsOf(group)) draft.endUnsold(part, how);
  for (const order of paid) refuseOrder(draft, order, 'group-incomplete');
}

/** Those who have paid for their part, and have no other answer. */
export const paidIn = (draft: Draft, group: Group): readonly PaidOrder[] =>
  draft.partsOf(group).flatMap((part) => {
    const { paid } = part;
    return paid && !draft.isSettled(paid.orderId) ? [{ ...part, ...paid }] : [];
  });
