import type { Draft } from './draft';
import { endGroup, paidIn } from './end-due';
import { isDue, type Hold } from './hold';
import { confirmHold, refuseOrder, type PaidOrder, type Seal } from './outcomes';
import type { OrderOutcome } from './ports';

/** Whether it can be paid for by this order: it is not bought, and no other order has paid for it. */
export const isPayable = ({ status, paid }: Hold, orderId: string): boolean =>
  status !== 'confirmed' && (paid === undefined || paid.orderId === orderId);

export const waitsForGroup = (hold: Hold | undefined, orderId: string): boolean =>
  hold?.status === 'held' && hold.paid?.orderId === orderId;

/**
 * A part of a group is paid for. Undefined: it waits for the others, however often it is said. Once all are paid, all become
 * tickets; after the group's end none does.
 */
export function payPart(draft: Draft, hold: Hold, order: PaidOrder, seal: Seal): OrderOutcome | undefined {
  const { orderId, traceparent } = order;
  const group = draft.groups.group(hold.part?.groupId ?? '');
  if (!group) throw new Error(`${hold.holdId} is a part of no group`);
  if (hold.status !== 'held' || isDue(hold, draft.now)) {
    if (hold.status === 'held') endGroup(draft, group, 'expired');
    return outcomeIn(draft, orderId) ?? refuseOrder(draft, order, 'group-incomplete');
  }
  if (hold.paid) return undefined;
  draft.payPart(hold, traceparent === undefined ? { orderId } : { orderId, traceparent });
  const parts = draft.partsOf(group);
  const paid = paidIn(draft, group);
  if (paid.length < parts.length) return undefined;
  for (const [i, part] of parts.entries()) confirmHold(draft, part, paid[i] ?? order, seal);
  return outcomeIn(draft, orderId);
}

const outcomeIn = ({ orders }: Draft, orderId: string): OrderOutcome | undefined =>
  orders.find((outcome) => outcome.orderId === orderId);
