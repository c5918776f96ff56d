import type { OrderFulfilled, PaymentRefunded } from '@boxoffice/shared/contracts';
import { after, type Instant } from '@boxoffice/shared/kernel';

/** What there is to tell a buyer. */
export type Occasion =
  | { readonly kind: 'tickets'; readonly order: OrderFulfilled }
  | { readonly kind: 'refund'; readonly refund: PaymentRefunded };

/** One thing told to one buyer, by e-mail. */
export interface Notification {
  /** Made from what it is about: the same occasion makes the same notification, however often it is reported. */
  readonly notificationId: string;
  readonly userId: string;
  readonly kind: Occasion['kind'];
  readonly eventTitle: string;
  readonly queuedAt: Instant;
  /** What the letter says. Forgotten once it is sent: whoever reads a ticket's code can use the ticket. */
  readonly occasion: Occasion | undefined;
  readonly progress: Progress;
  /** Grows with each change: 1 when it is queued. */
  readonly version: number;
}

export type Progress =
  | { readonly state: 'queued'; readonly attempts: number; readonly dueAt: Instant }
  /** Somebody is at it; whoever has not finished by `dueAt` has died. */
  | { readonly state: 'sending'; readonly attempts: number; readonly dueAt: Instant }
  | {
      readonly state: 'sent';
      readonly attempts: number;
      readonly sentAt: Instant;
      readonly providerId: string;
    }
  | {
      readonly state: 'failed';
      readonly attempts: number;
      readonly failedAt: Instant;
      readonly reason: string;
    };

export const sendingMinutes = 5;
export const mostAttempts = 12;
const firstPauseSeconds = 30;
const longestPauseSeconds = 3600;

export function notificationOf(occasion: Occasion, now: Instant): Notification {
  const { notificationId, userId, eventTitle } = aboutOf(occasion);
  return {
    notificationId,
    userId,
    kind: occasion.kind,
    eventTitle,
    queuedAt: now,
    occasion,
    progress: { state: 'queued', attempts: 0, dueAt: now },
    version: 1,
  };
}

function aboutOf(occasion: Occasion): Pick<Notification, 'notificationId' | 'userId' | 'eventTitle'> {
  if (occasion.kind === 'tickets') {
    const { orderId, userId, event } = occasion.order;
    return { notificationId: `${orderId}-tickets`, userId, eventTitle: event.title };
  }
  // An order that was paid twice may be refunded more than once.
  const { orderId, refundId, userId, eventTitle } = occasion.refund;
  return { notificationId: `${orderId}-refund-${refundId}`, userId, eventTitle };
}

/** When it wants attention next; undefined: never again. */
export const dueAtOf = ({ progress }: Notification): Instant | undefined =>
  'dueAt' in progress ? progress.dueAt : undefined;

/** Taken up to be sent, or undefined where it isn't due: sent, given up, waiting, or in another's hands. */
export function takenUp(notification: Notification, now: Instant): Notification | undefined {
  const { progress } = notification;
  if (!('dueAt' in progress) || progress.dueAt > now) return undefined;
  const dueAt = after(now, { minutes: sendingMinutes });
  return moved(notification, { state: 'sending', attempts: progress.attempts + 1, dueAt });
}

export function sent(notification: Notification, now: Instant, providerId: string): Notification {
  const { attempts } = notification.progress;
  return {
    ...moved(notification, { state: 'sent', attempts, sentAt: now, providerId }),
    occasion: undefined,
  };
}

/** It did not work this time: again after a pause that doubles, and in the end not again. */
export function putOff(notification: Notification, now: Instant, reason: string): Notification {
  const { attempts } = notification.progress;
  if (attempts >= mostAttempts) return givenUp(notification, now, reason);
  const seconds = Math.min(firstPauseSeconds * 2 ** (attempts - 1), longestPauseSeconds);
  return moved(notification, { state: 'queued', attempts, dueAt: after(now, { seconds }) });
}

export const givenUp = (notification: Notification, now: Instant, reason: string): Notification =>
  moved(notification, { state: 'failed', attempts: notification.progress.attempts, failedAt: now, reason });

const moved = (notification: Notification, progress: Progress): Notification => ({
  ...notification,
  progress,
  version: notification.version + 1,
});
