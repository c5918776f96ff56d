import { isDocumentFault, type Container } from '@boxoffice/shared/documents';
import { after, Clock, type Instant } from '@boxoffice/shared/kernel';
import { inject, injectable } from 'tsyringe';
import type { DueHolds, DueNote } from '../core/ports';
import { DueContainer } from './containers';

const partition = 'due';
const mostRemembered = 5000;

/**
 * One document for an event and a minute in which holds of it expire: a rush of thousands costs one a minute. A minute is swept
 * once it is over; a document that was written again meanwhile stays for the next sweep.
 */
@injectable()
export class DueDocuments implements DueHolds {
  private readonly noted = new Set<string>();

  constructor(
    @inject(DueContainer) private readonly container: Container,
    @inject(Clock) private readonly clock: Clock,
  ) {}

  async note(eventId: string, dueAt: Instant): Promise<void> {
    const id = `${minuteOf(dueAt)}~${eventId}`;
    // Nobody strikes out a minute that lies ahead, so once is enough, unless it is near and clocks differ.
    const ahead = dueAt > after(this.clock.now(), { minutes: 3 });
    if (ahead && this.noted.has(id)) return;
    await this.container.write(partition, [{ kind: 'upsert', id, body: { type: 'due', eventId } }]);
    if (this.noted.size >= mostRemembered) this.noted.clear();
    this.noted.add(id);
  }

  async fallenDue(now: Instant, limit: number): Promise<readonly DueNote[]> {
    const stored = await this.container.list<{ eventId: string }>(partition, { to: minuteOf(now), limit });
    return stored.map(({ id, etag, body }) => ({ id, mark: etag, eventId: body.eventId }));
  }

  async strike({ id, mark }: DueNote): Promise<void> {
    try {
      await this.container.write(partition, [{ kind: 'delete', id, ifMatch: mark }]);
    } catch (error) {
      if (!isDocumentFault(error, 'PreconditionFailed', 'NotFound')) throw error;
    }
  }
}

const minuteOf = (at: Instant): string => at.slice(0, 'yyyy-mm-ddThh:mm'.length);
