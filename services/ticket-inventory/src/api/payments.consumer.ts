import {
  paymentCaptured,
  paymentRefunded,
  UnreadableMessage,
  type PaymentCaptured,
} from '@boxoffice/shared/contracts';
import type { Bus } from '@boxoffice/shared/messaging';
import type { Consumer } from '@boxoffice/shared/platform';
import type { Telemetry } from '@boxoffice/shared/telemetry';
import { announcementOf } from '../core/announcements';
import { totalOf } from '../core/hold';
import { mostTicketsAHold } from '../core/hold-tickets';
import { eventOf } from '../core/places';
import type { SettleOrder } from '../core/settle-order';
import type { VoidTickets } from '../core/void-tickets';
import { isId, subscriptionTo } from './messages';

export interface PaymentsNeeds {
  readonly settling: SettleOrder;
  readonly voiding: VoidTickets;
  readonly bus: Bus;
  readonly telemetry: Telemetry;
}

/** What payment-processing says: of money that came, and of money that went back. */
export const hearPayments = ({ settling, voiding, bus, telemetry }: PaymentsNeeds): Consumer => ({
  subscription: subscriptionTo('payment-processing'),
  async handle(envelope) {
    if (paymentRefunded.is(envelope)) {
      const { ticketIds = [], ...refund } = paymentRefunded.read(envelope);
      if (!ticketIds.every((ticketId) => eventOf(ticketId) === refund.eventId))
        throw new UnreadableMessage(`${envelope.type} ${envelope.id}: ticketIds are not all of this event`);
      if (ticketIds.length > 0) await voiding.void({ ...refund, ticketIds });
      return;
    }
    const captured = paymentCaptured.read(envelope);
    const faults = faultsOf(captured);
    if (faults.length > 0)
      throw new UnreadableMessage(`${envelope.type} ${envelope.id}: ${faults.join('; ')}`);
    const { order, repeated } = await settling.settle(captured, envelope.traceparent);
    if (!order) return; // until its group is complete, or its time is up
    // Whoever asks again may have missed the answer, and nothing changes that the feed would show.
    if (repeated) await bus.publish([announcementOf(order)]);
    else telemetry.count(`orders.${order.status}`);
  },
});

function faultsOf({ orderId, eventId, lines }: PaymentCaptured): string[] {
  const faults: string[] = [];
  for (const id of [orderId, eventId, ...lines.map((line) => line.ticketTypeId)])
    if (!isId(id)) faults.push(`${id} is no id`);
  if (lines.length === 0 || !lines.every(({ quantity }) => Number.isSafeInteger(quantity) && quantity > 0))
    faults.push('nothing was bought');
  if (totalOf(lines) > mostTicketsAHold) faults.push(`more than ${mostTicketsAHold} tickets`);
  return faults;
}
