import { Clock } from '@boxoffice/shared/kernel';
import { inject, injectable } from 'tsyringe';
import { Doors } from './doors';
import { DueHolds, type DueNote } from './ports';

const atOnce = 8;
const perRun = 400;

/** Gives back what nobody paid for in time, whichever process had set it aside. */
@injectable()
export class ExpireHolds {
  constructor(
    @inject(Doors) private readonly doors: Doors,
    @inject(DueHolds) private readonly due: DueHolds,
    @inject(Clock) private readonly clock: Clock,
  ) {}

  /** One event's trouble is not another's: throws what went wrong only after all have had their turn. */
  async sweep(): Promise<void> {
    const notes = await this.due.fallenDue(this.clock.now(), perRun);
    const faults: unknown[] = [];
    for (let i = 0; i < notes.length; i += atOnce) {
      const ends = await Promise.allSettled(notes.slice(i, i + atOnce).map((note) => this.expire(note)));
      for (const end of ends) if (end.status === 'rejected') faults.push(end.reason);
    }
    if (faults.length > 0) throw new AggregateError(faults, `${faults.length} events could not be swept`);
  }

  private async expire(note: DueNote): Promise<void> {
    await this.expireAllOf(note.eventId);
    await this.due.strike(note);
  }

  /** Whoever comes through the door ends what has fallen due, up to a number: so come until there is none. */
  async expireAllOf(eventId: string): Promise<void> {
    for (let more = true; more;) {
      more = await this.doors.ask(eventId, (draft) => draft.hasMoreDue);
    }
  }
}
