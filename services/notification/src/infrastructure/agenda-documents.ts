import { isDocumentFault, type Container } from '@boxoffice/shared/documents';
import { after, type Instant } from '@boxoffice/shared/kernel';
import { inject, injectable } from 'tsyringe';
import type { Note } from '../core/notification';
import type { Priority } from '../core/occasion';
import type { Agenda } from '../core/ports';
import { AgendaContainer, RetentionDays } from './containers';

/** What is urgent stands by itself, so that it is found first, however much else is due. */
const partitions: Readonly<Record<Priority, string>> = { high: 'agenda-high', normal: 'agenda' };

type Body = Omit<Note, 'priority'>;

@injectable()
export class AgendaDocuments implements Agenda {
  constructor(
    @inject(AgendaContainer) private readonly container: Container,
    @inject(RetentionDays) private readonly retentionDays: number,
  ) {}

  async remember(note: Note): Promise<void> {
    const { userId, notificationId, version, dueAt } = note;
    const body: Body = { userId, notificationId, version, dueAt };
    const ttl = this.retentionDays * 24 * 3600;
    await this.container.write(partitions[note.priority], [{ kind: 'upsert', id: idOf(note), body, ttl }]);
  }

  async due(now: Instant, limit: number): Promise<readonly Note[]> {
    const high = await this.dueWith('high', now, limit);
    return high.length === limit
      ? high
      : [...high, ...(await this.dueWith('normal', now, limit - high.length))];
  }

  async forget(note: Note): Promise<void> {
    try {
      await this.container.write(partitions[note.priority], [{ kind: 'delete', id: idOf(note) }]);
    } catch (error) {
      if (!isDocumentFault(error, 'NotFound')) throw error;
    }
  }

  private async dueWith(priority: Priority, now: Instant, limit: number): Promise<readonly Note[]> {
    const range = { to: after(now, { milliseconds: 1 }), limit };
    const stored = await this.container.list<Body>(partitions[priority], range);
    return stored.map(({ body }) => ({ ...body, priority }));
  }
}

/** Begins with the moment, so that ids sort as time does; the same note twice is one. */
const idOf = ({ dueAt, notificationId, version }: Note): string => `${dueAt}~${notificationId}~${version}`;
