import type {
  OrderCancelled,
  OrderFulfilled,
  PaymentRefunded,
  TicketTransferred,
  WaitingListOffered,
} from '@boxoffice/shared/contracts';
import type { Instant } from '@boxoffice/shared/kernel';

/** What there is to tell somebody. */
export type Occasion =
  | { readonly kind: 'tickets'; readonly order: OrderFulfilled }
  | { readonly kind: 'refund'; readonly refund: PaymentRefunded }
  | { readonly kind: 'cancellation'; readonly cancelled: OrderCancelled }
  | { readonly kind: 'transfer'; readonly transfer: TicketTransferred }
  | { readonly kind: 'offer'; readonly offer: WaitingListOffered };

export interface About {
  /** Made from what it is about: the same occasion makes the same notification, however often it is reported. */
  readonly notificationId: string;
  /** Whose it is. Undefined: it goes to an address alone, and nobody who is signed in may see it. */
  readonly userId: string | undefined;
  readonly eventTitle: string;
}

export function aboutOf(occasion: Occasion): About {
  switch (occasion.kind) {
    case 'tickets': {
      const { orderId, userId, event } = occasion.order;
      return { notificationId: `${orderId}-tickets`, userId, eventTitle: event.title };
    }
    case 'refund': {
      // An order that was paid twice may be refunded more than once.
      const { orderId, refundId, userId, eventTitle } = occasion.refund;
      return { notificationId: `${orderId}-refund-${refundId}`, userId, eventTitle };
    }
    case 'cancellation': {
      const { orderId, userId, eventTitle } = occasion.cancelled;
      return { notificationId: `${orderId}-cancellation`, userId, eventTitle };
    }
    case 'transfer': {
      // A ticket may be passed on again and again, and each holder gets its newest code. Who gave it away must not see that.
      const { ticketId, issue, event } = occasion.transfer;
      return {
        notificationId: `${ticketId}-transfer-${issue}`,
        userId: undefined,
        eventTitle: event.title,
      };
    }
    case 'offer': {
      // Whoever let an offer lapse may be made another, which is another hold.
      const { holdId, userId, event } = occasion.offer;
      return { notificationId: `${holdId}-offer`, userId, eventTitle: event.title };
    }
  }
}

export type Priority = 'high' | 'normal';

/** An offer lasts minutes: it comes before all that can as well be read tomorrow. */
export const priorityOf = (kind: Occasion['kind']): Priority => (kind === 'offer' ? 'high' : 'normal');

/** From then on nobody wants to be told any more; undefined: it never gets too late. */
export const endOf = (occasion: Occasion): Instant | undefined =>
  occasion.kind === 'offer' ? occasion.offer.expiresAt : undefined;
