import { isDocumentFault, type Container, type Stored } from '@boxoffice/shared/documents';
import { after, Clock, toMilliseconds } from '@boxoffice/shared/kernel';
import { inject, injectable } from 'tsyringe';
import type { Address, Notification } from '../core/notification';
import type { Kept, Notifications } from '../core/ports';
import { NotificationContainer, RetentionDays } from './containers';

export type Body = Omit<Notification, 'userId' | 'notificationId'>;

@injectable()
export class NotificationDocuments implements Notifications {
  constructor(
    @inject(NotificationContainer) private readonly container: Container,
    @inject(RetentionDays) private readonly retentionDays: number,
    @inject(Clock) private readonly clock: Clock,
  ) {}

  async record(notification: Notification): Promise<void> {
    const { notificationId: id } = notification;
    const { body, ttl } = this.document(notification);
    try {
      await this.container.write(partitionOf(notification), [{ kind: 'create', id, body, ttl }]);
    } catch (error) {
      // Reported before: whatever has become of it since, it stays.
      if (!isDocumentFault(error, 'Conflict')) throw error;
    }
  }

  async find(address: Address): Promise<Kept | undefined> {
    const stored = await this.container.read<Body>(partitionOf(address), address.notificationId);
    return stored && keptOf(stored);
  }

  async save({ etag: ifMatch }: Kept, next: Notification): Promise<Kept | undefined> {
    const { notificationId: id } = next;
    const { body, ttl } = this.document(next);
    try {
      const [etag] = await this.container.write(partitionOf(next), [
        { kind: 'replace', id, body, ifMatch, ttl },
      ]);
      return { notification: next, etag: etag ?? '' };
    } catch (error) {
      if (isDocumentFault(error, 'PreconditionFailed', 'NotFound')) return undefined;
      throw error;
    }
  }

  async ofUser(
    userId: string,
    { limit, after: last }: { readonly limit: number; readonly after: string | undefined },
  ): Promise<readonly Notification[]> {
    // The smallest id after another is that one with a zero character at its end.
    const stored = await this.container.list<Body>(userId, {
      limit,
      ...(last === undefined ? {} : { from: `${last}\u0000` }),
    });
    return stored.map(notificationOf);
  }

  /** Kept from when it was queued, however often it is written: `ttl` counts from each write. */
  private document(notification: Notification): { readonly body: Body; readonly ttl: number } {
    const { kind, eventTitle, queuedAt, occasion, progress, version } = notification;
    const end = after(queuedAt, { days: this.retentionDays });
    const ttl = Math.max(1, Math.ceil((toMilliseconds(end) - toMilliseconds(this.clock.now())) / 1000));
    return { body: { kind, eventTitle, queuedAt, occasion, progress, version }, ttl };
  }
}

/** No user id has a space in it: what is nobody's can't be asked for as anybody's. */
const nobody = 'nobody ';
const partitionOf = ({ userId, notificationId }: Address): string => userId ?? nobody + notificationId;

/** A document of the notifications' container, as it is read or as a feed shows it. */
export const keptOf = (stored: Stored<Body>): Kept => ({
  notification: notificationOf(stored),
  etag: stored.etag,
});

const notificationOf = ({ partition, id, body }: Stored<Body>): Notification => ({
  userId: partition.startsWith(nobody) ? undefined : partition,
  notificationId: id,
  kind: body.kind,
  eventTitle: body.eventTitle,
  queuedAt: body.queuedAt,
  occasion: body.occasion,
  progress: body.progress,
  version: body.version,
});
