import { after, type Instant } from '@boxoffice/shared/kernel';
import type { GatewayAbilities } from './gateway';
import type { Order } from './order';
import { patience } from './order-saga';

/** Until when a payment can be made where that takes days, though never after the event has begun; and how long its order waits then. */
export function payBy(
  order: Order,
  { daysToPay }: GatewayAbilities,
  now: Instant,
): { readonly payBy: Instant | undefined; readonly dueAt: Instant | undefined } {
  const byThen = daysToPay === undefined ? undefined : after(now, { days: daysToPay });
  const until = byThen !== undefined && byThen > order.event.startsAt ? order.event.startsAt : byThen;
  if (until === undefined || until <= order.holdExpiresAt) return { payBy: undefined, dueAt: order.dueAt };
  return { payBy: until, dueAt: after(until, patience.placed) };
}
