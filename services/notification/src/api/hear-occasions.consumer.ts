import {
  orderCancelled,
  orderFulfilled,
  paymentRefunded,
  subscriptions,
  ticketTransferred,
  UnreadableMessage,
  waitingListOffered,
  type Envelope,
} from '@boxoffice/shared/contracts';
import type { Consumer } from '@boxoffice/shared/platform';
import type { Occasion } from '../core/occasion';
import type { Recording } from '../core/record-occasion';

/** What other services say and somebody wants to be told. */
export const hearOccasions = (recording: Recording): readonly Consumer[] =>
  subscriptions
    .filter(({ subscription }) => subscription === 'notification')
    .map((subscription) => ({ subscription, handle: (envelope) => recording.record(occasionOf(envelope)) }));

function occasionOf(envelope: Envelope): Occasion {
  if (orderFulfilled.is(envelope)) return { kind: 'tickets', order: orderFulfilled.read(envelope) };
  if (paymentRefunded.is(envelope)) return { kind: 'refund', refund: paymentRefunded.read(envelope) };
  if (orderCancelled.is(envelope)) return { kind: 'cancellation', cancelled: orderCancelled.read(envelope) };
  if (ticketTransferred.is(envelope)) return { kind: 'transfer', transfer: ticketTransferred.read(envelope) };
  if (waitingListOffered.is(envelope)) return { kind: 'offer', offer: waitingListOffered.read(envelope) };
  throw new UnreadableMessage(`nothing is known here of ${envelope.type}`);
}
