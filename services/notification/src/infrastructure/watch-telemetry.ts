import { Telemetry } from '@boxoffice/shared/telemetry';
import { inject, injectable } from 'tsyringe';
import type { Notification } from '../core/notification';
import type { Watch } from '../core/ports';

@injectable()
export class WatchTelemetry implements Watch {
  constructor(@inject(Telemetry) private readonly telemetry: Telemetry) {}

  sent({ kind }: Notification): void {
    this.telemetry.count('notifications.sent', 1, { kind });
  }

  putOff(notification: Notification, error: unknown): void {
    const { notificationId, kind, progress } = notification;
    this.telemetry.count('notifications.putOff', 1, { kind });
    this.telemetry.log.warn('notification not sent, it will be tried again', {
      notificationId,
      attempts: progress.attempts,
      error: error instanceof Error ? error.name : typeof error,
    });
  }

  expired({ notificationId, kind, progress }: Notification): void {
    this.telemetry.count('notifications.expired', 1, { kind });
    this.telemetry.log.warn('notification not sent in time', { notificationId, attempts: progress.attempts });
  }

  gaveUp({ notificationId, kind, progress }: Notification, error: unknown): void {
    this.telemetry.count('notifications.failed', 1, { kind });
    this.telemetry.log.error('notification given up', error, { notificationId, attempts: progress.attempts });
  }
}
