import { before, Clock, type Instant } from '@boxoffice/shared/kernel';
import { inject, injectable } from 'tsyringe';
import { givenUp, noteOf, putOff, sent, takenUp, type Note, type Notification } from './notification';
import { Agenda, Letters, Notifications, Papers, Post, Watch, type Kept } from './ports';

const dueAtOnce = 100;

/** Sends what is due, each notification by one at a time; what fails is tried again later, and given up in the end. */
@injectable()
export class Delivering {
  constructor(
    @inject(Notifications) private readonly notifications: Notifications,
    @inject(Agenda) private readonly agenda: Agenda,
    @inject(Letters) private readonly letters: Letters,
    @inject(Papers) private readonly papers: Papers,
    @inject(Post) private readonly post: Post,
    @inject(Watch) private readonly watch: Watch,
    @inject(Clock) private readonly clock: Clock,
  ) {}

  /** For a notification as it was just written: sent now where it is due now, and put on the agenda where it is due later. */
  async attend(kept: Kept): Promise<void> {
    const note = noteOf(kept.notification);
    if (!note) return;
    const now = this.clock.now();
    if (note.dueAt <= now && (await this.deliver(kept, now))) return;
    await this.agenda.remember(note);
  }

  async deliverDue(): Promise<void> {
    const failed: unknown[] = [];
    for (const note of await this.agenda.due(this.clock.now(), dueAtOnce)) {
      try {
        // Each by the clock as it is then: those before it may have taken minutes.
        if (await this.dealtWith(note, this.clock.now())) await this.agenda.forget(note);
      } catch (error) {
        failed.push(error);
      }
    }
    if (failed.length > 0) throw failed[0];
  }

  /** False: the note stays, and is looked at again. */
  private async dealtWith(note: Note, now: Instant): Promise<boolean> {
    const kept = await this.notifications.find(note);
    // What another process has written may not be here yet; after a day it is not coming, but was deleted.
    if (!kept || kept.notification.version < note.version) return note.dueAt < before(now, { days: 1 });
    return kept.notification.version > note.version || this.deliver(kept, now);
  }

  /** False: it could not be taken up, because another has, or seems to have. */
  private async deliver(kept: Kept, now: Instant): Promise<boolean> {
    const next = takenUp(kept.notification, now);
    // Two that take it up at once meet at its etag; the later one leaves it alone.
    const mine = next && (await this.notifications.save(kept, next));
    if (!mine) return false;
    if (mine.notification.progress.state === 'expired') this.watch.expired(mine.notification);
    else await this.notifications.save(mine, await this.attempt(mine.notification));
    return true;
  }

  private async attempt(notification: Notification): Promise<Notification> {
    const { occasion, notificationId } = notification;
    try {
      if (!occasion) throw new Error('a notification without its occasion');
      const enclosures = await this.papers.enclose(occasion);
      const posted = await this.post.send(notificationId, this.letters.write(occasion), enclosures);
      const now = this.clock.now();
      const next = posted.taken
        ? sent(notification, now, posted.providerId)
        : givenUp(notification, now, posted.reason);
      if (posted.taken) this.watch.sent(next);
      else this.watch.gaveUp(next, new Error(posted.reason));
      return next;
    } catch (error) {
      const next = putOff(notification, this.clock.now(), 'the post did not take it');
      if (next.progress.state === 'failed') this.watch.gaveUp(next, error);
      else this.watch.putOff(next, error);
      return next;
    }
  }
}
