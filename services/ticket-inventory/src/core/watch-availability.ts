import { after, Chance, Clock, type Instant } from '@boxoffice/shared/kernel';
import { inject, injectable } from 'tsyringe';
import { FindAvailability, type Availability } from './availability';
import { Doors } from './doors';
import { EventWatch } from './event-watch';
import { ListenerTally } from './ports';
import { tooManyListeners } from './refusals';

/** Listening ends by itself, as a Function's run has to: sooner than two minutes, with a silence after it. */
const longestSeconds = 90;

export interface ListeningRules {
  /** Who listen in this process at the same time, at most. */
  readonly mostListeners: number;
}
export const ListeningRules = Symbol('ListeningRules');

/** What is left, now and whenever it has changed, until `gone` aborts or it has lasted long enough; the same again after a silence. */
export type Listen = (gone: AbortSignal) => AsyncIterable<Availability>;

/** Whoever wants to see an event's stock change. Who listens too slowly to hear of every change hears of the newest. */
@injectable()
export class WatchAvailability {
  private readonly watches = new Map<string, EventWatch>();
  private listening = 0;

  constructor(
    @inject(Doors) doors: Doors,
    @inject(FindAvailability) private readonly availability: FindAvailability,
    @inject(ListenerTally) private readonly tally: ListenerTally,
    @inject(ListeningRules) private readonly rules: ListeningRules,
    @inject(Clock) private readonly clock: Clock,
    @inject(Chance) private readonly chance: Chance,
  ) {
    doors.afterCommit = (eventId) => void this.watches.get(eventId)?.look();
  }

  /** Refuses an event that is not on sale, and whoever comes when too many listen. */
  async open(eventId: string): Promise<Listen> {
    if (this.listening >= this.rules.mostListeners) throw tooManyListeners();
    const seen = await this.availability.find(eventId);
    return (gone) => this.listen(eventId, seen, gone);
  }

  private async *listen(
    eventId: string,
    seen: Availability,
    gone: AbortSignal,
  ): AsyncGenerator<Availability> {
    let wake: () => void = () => undefined;
    const bell = (): void => wake();
    const watch = this.watchOf(eventId, seen);
    const until = this.end();
    gone.addEventListener('abort', bell);
    watch.join(bell);
    this.listening++;
    this.tally.joined();
    try {
      let told: Availability | undefined;
      while (!gone.aborted && this.clock.now() < until) {
        if (told !== watch.latest) yield (told = watch.latest);
        else await new Promise<void>((resolve) => (wake = resolve));
      }
    } finally {
      this.listening--;
      this.tally.left();
      watch.leave(bell);
      if (watch.isOver) this.watches.delete(eventId);
      gone.removeEventListener('abort', bell);
    }
  }

  private watchOf(eventId: string, seen: Availability): EventWatch {
    const known = this.watches.get(eventId);
    if (known) return known;
    const { availability, tally, clock } = this;
    const watch = new EventWatch(eventId, seen, { availability, tally, clock });
    this.watches.set(eventId, watch);
    return watch;
  }

  /** Not all at once, as who came together would come back together. */
  private end(): Instant {
    const [share = 0] = this.chance.bytes(1);
    return after(this.clock.now(), { milliseconds: Math.round(longestSeconds * (750 + share)) });
  }
}
