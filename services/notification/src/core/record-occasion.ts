import { Clock } from '@boxoffice/shared/kernel';
import { inject, injectable } from 'tsyringe';
import { notificationOf, type Occasion } from './notification';
import { Notifications } from './ports';

/** Notes that something is to be told, and no more: however slow the post is, the bus does not wait for it. */
@injectable()
export class Recording {
  constructor(
    @inject(Notifications) private readonly notifications: Notifications,
    @inject(Clock) private readonly clock: Clock,
  ) {}

  record(occasion: Occasion): Promise<void> {
    return this.notifications.record(notificationOf(occasion, this.clock.now()));
  }
}
