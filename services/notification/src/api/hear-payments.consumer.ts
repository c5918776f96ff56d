import {
  orderFulfilled,
  paymentRefunded,
  subscriptions,
  UnreadableMessage,
} from '@boxoffice/shared/contracts';
import type { Consumer } from '@boxoffice/shared/platform';
import type { Recording } from '../core/record-occasion';

/** What payment-processing says and buyers want to know. */
export const hearPayments = (recording: Recording): readonly Consumer[] =>
  subscriptions
    .filter(({ subscription }) => subscription === 'notification')
    .map((subscription) => ({
      subscription,
      async handle(envelope) {
        if (orderFulfilled.is(envelope))
          await recording.record({ kind: 'tickets', order: orderFulfilled.read(envelope) });
        else if (paymentRefunded.is(envelope))
          await recording.record({ kind: 'refund', refund: paymentRefunded.read(envelope) });
        else throw new UnreadableMessage(`nothing is known here of ${envelope.type}`);
      },
    }));
