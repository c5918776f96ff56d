import { after, type Instant } from '@boxoffice/shared/kernel';
import { aboutOf, endOf, priorityOf, type About, type Occasion, type Priority } from './occasion';

/** Where a notification is found. */
export type Address = Pick<About, 'notificationId' | 'userId'>;

/** One thing told to one person, by e-mail. */
export interface Notification extends About {
  readonly kind: Occasion['kind'];
  readonly queuedAt: Instant;
  /** What the letter says. Forgotten once it is sent or expired: whoever reads a ticket's code can use the ticket. */
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
    }
  /** It had become too late before it was sent. */
  | { readonly state: 'expired'; readonly attempts: number; readonly expiredAt: Instant };

/** That a version of a notification wants attention at a time. */
export interface Note extends Address {
  readonly version: number;
  readonly dueAt: Instant;
  readonly priority: Priority;
}

export const sendingMinutes = 5;
export const mostAttempts = 12;
const firstPauseSeconds = 30;
const longestPauseSeconds = 3600;

export function notificationOf(occasion: Occasion, now: Instant): Notification {
  return {
    ...aboutOf(occasion),
    kind: occasion.kind,
    queuedAt: now,
    occasion,
    progress: { state: 'queued', attempts: 0, dueAt: now },
    version: 1,
  };
}

/** When it wants attention next; undefined: never again. */
export function noteOf({ userId, notificationId, kind, progress, version }: Notification): Note | undefined {
  if (!('dueAt' in progress)) return undefined;
  return { userId, notificationId, version, dueAt: progress.dueAt, priority: priorityOf(kind) };
}

/** Taken up to be sent, expired where it is too late for that, or undefined where it isn't due: ended, waiting, or in another's hands. */
export function takenUp(notification: Notification, now: Instant): Notification | undefined {
  const { progress, occasion } = notification;
  if (!('dueAt' in progress) || progress.dueAt > now) return undefined;
  const { attempts } = progress;
  const end = occasion && endOf(occasion);
  if (end !== undefined && end <= now)
    return ended(notification, { state: 'expired', attempts, expiredAt: now });
  const dueAt = after(now, { minutes: sendingMinutes });
  return moved(notification, { state: 'sending', attempts: attempts + 1, dueAt });
}

export function sent(notification: Notification, now: Instant, providerId: string): Notification {
  const { attempts } = notification.progress;
  return ended(notification, { state: 'sent', attempts, sentAt: now, providerId });
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

const ended = (notification: Notification, progress: Progress): Notification => ({
  ...moved(notification, progress),
  occasion: undefined,
});

const moved = (notification: Notification, progress: Progress): Notification => ({
  ...notification,
  progress,
  version: notification.version + 1,
});
