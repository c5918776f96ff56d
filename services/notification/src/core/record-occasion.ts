import { Clock } from '@boxoffice/shared/kernel';
import { inject, injectable } from 'tsyringe';
import { noteOf, notificationOf } from './notification';
import type { Occasion } from './occasion';
import { Agenda, Notifications } from './ports';

/** Notes that something is to be told, and no more: however slow the post is, the bus does not wait for it. */
@injectable()
export class Recording {
  constructor(
    @inject(Notifications) private readonly notifications: Notifications,
    @inject(Agenda) private readonly agenda: Agenda,
    @inject(Clock) private readonly clock: Clock,
  ) {}

  async record(occasion: Occasion): Promise<void> {
    const notification = notificationOf(occasion, this.clock.now());
    await this.notifications.record(notification);
    // The feed comes to it after all that was written before it: too late, perhaps, amid the letters of a rush. The
    // agenda has what is urgent first.
    const note = noteOf(notification);
    if (note?.priority === 'high') await this.agenda.remember(note);
  }
}
