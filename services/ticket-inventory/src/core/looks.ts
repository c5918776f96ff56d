import { toMilliseconds, type Clock } from '@boxoffice/shared/kernel';

const freshMilliseconds = 1000;

interface Look<Seen> {
  readonly until: number;
  readonly seen: Promise<Seen>;
}

/** What was seen of an event is good for a second: many ask at the same time, and one looks. */
export class Looks<Seen> {
  private readonly looks = new Map<string, Look<Seen>>();

  constructor(
    private readonly clock: Clock,
    private readonly mostRemembered: number,
    private readonly look: (eventId: string) => Promise<Seen>,
  ) {}

  recent(eventId: string): Promise<Seen> {
    const known = this.looks.get(eventId);
    return known && this.now() < known.until ? known.seen : this.lookNow(eventId);
  }

  /** As it is at this moment; whoever asks within the next second gets this, too. */
  lookNow(eventId: string): Promise<Seen> {
    const seen = this.look(eventId);
    const look = { until: this.now() + freshMilliseconds, seen };
    this.looks.delete(eventId); // the newest come last
    this.looks.set(eventId, look);
    seen.catch(() => {
      if (this.looks.get(eventId) === look) this.looks.delete(eventId);
    });
    const [oldest] = this.looks.keys();
    if (this.looks.size > this.mostRemembered && oldest !== undefined) this.looks.delete(oldest);
    return seen;
  }

  private now(): number {
    return toMilliseconds(this.clock.now());
  }
}
