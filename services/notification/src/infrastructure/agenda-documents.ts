import { isDocumentFault, type Container } from '@boxoffice/shared/documents';
import { after, type Instant } from '@boxoffice/shared/kernel';
import { inject, injectable } from 'tsyringe';
import type { Agenda, Note } from '../core/ports';
import { AgendaContainer, RetentionDays } from './containers';

const partition = 'agenda';

@injectable()
export class AgendaDocuments implements Agenda {
  constructor(
    @inject(AgendaContainer) private readonly container: Container,
    @inject(RetentionDays) private readonly retentionDays: number,
  ) {}

  async remember({ userId, notificationId, version, dueAt }: Note): Promise<void> {
    const body: Note = { userId, notificationId, version, dueAt };
    const ttl = this.retentionDays * 24 * 3600;
    await this.container.write(partition, [{ kind: 'upsert', id: idOf(body), body, ttl }]);
  }

  async due(now: Instant, limit: number): Promise<readonly Note[]> {
    const stored = await this.container.list<Note>(partition, { to: after(now, { milliseconds: 1 }), limit });
    return stored.map(({ body }) => body);
  }

  async forget(note: Note): Promise<void> {
    try {
      await this.container.write(partition, [{ kind: 'delete', id: idOf(note) }]);
    } catch (error) {
      if (!isDocumentFault(error, 'NotFound')) throw error;
    }
  }
}

/** Begins with the moment, so that ids sort as time does; the same note twice is one. */
const idOf = ({ dueAt, notificationId, version }: Note): string => `${dueAt}~${notificationId}~${version}`;
