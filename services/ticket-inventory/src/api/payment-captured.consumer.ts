import { paymentCaptured, UnreadableMessage, type PaymentCaptured } from '@boxoffice/shared/contracts';
import type { Bus } from '@boxoffice/shared/messaging';
import type { Consumer } from '@boxoffice/shared/platform';
import type { Telemetry } from '@boxoffice/shared/telemetry';
import { announcementOf } from '../core/announcements';
import { totalOf } from '../core/hold';
import { mostTicketsAHold } from '../core/hold-tickets';
import type { SettleOrder } from '../core/settle-order';
import { isId, subscriptionTo } from './messages';

export const hearPaymentCaptured = (useCase: SettleOrder, bus: Bus, telemetry: Telemetry): Consumer => ({
  subscription: subscriptionTo('payment-processing'),
  async handle(envelope) {
    const captured = paymentCaptured.read(envelope);
    const faults = faultsOf(captured);
    if (faults.length > 0)
      throw new UnreadableMessage(`${envelope.type} ${envelope.id}: ${faults.join('; ')}`);
    const { order, repeated } = await useCase.settle(captured, envelope.traceparent);
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
