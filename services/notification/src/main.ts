import 'reflect-metadata';
import type { Stored } from '@boxoffice/shared/documents';
import { Clock } from '@boxoffice/shared/kernel';
import type { Platform, Service } from '@boxoffice/shared/platform';
import { Telemetry } from '@boxoffice/shared/telemetry';
import { container, type DependencyContainer } from 'tsyringe';
import { hearOccasions } from './api/hear-occasions.consumer';
import { listNotifications, showNotification } from './api/notifications.http';
import { problems } from './api/problems';
import { sendDue } from './api/send-due.timer';
import { sendQueued } from './api/send-queued.feed';
import { Delivering } from './core/deliver';
import { Agenda, Letters, Notifications, Papers, Post, Watch } from './core/ports';
import { Recording } from './core/record-occasion';
import { AgendaDocuments } from './infrastructure/agenda-documents';
import {
  AgendaContainer,
  agendaSpec,
  NotificationContainer,
  notificationsSpec,
  RetentionDays,
} from './infrastructure/containers';
import { WrittenLetters } from './infrastructure/letters/letters';
import { Wording } from './infrastructure/letters/wording';
import { MailPost, MailProvider } from './infrastructure/mail-post';
import { keptOf, NotificationDocuments, type Body } from './infrastructure/notification-documents';
import { PdfPapers, PrintingPress } from './infrastructure/pdf-papers';
import { WatchTelemetry } from './infrastructure/watch-telemetry';
import type { NotificationSettings } from './settings';

/** The tokens that a test or a simulation may want to register anew. */
export { Letters, Papers, Post } from './core/ports';

/** Tells people what became of their orders, tickets and waiting. `override` registers other implementations: for tests and simulations. */
export function compose(
  platform: Platform,
  settings: NotificationSettings,
  override: (own: DependencyContainer) => void = () => undefined,
): Service {
  const notifications = platform.container('notification', notificationsSpec);
  const own = container.createChildContainer();
  own.registerInstance(Clock, platform.clock);
  own.registerInstance(Telemetry, platform.telemetry);
  own.registerInstance(MailProvider, platform.mail);
  own.registerInstance(NotificationContainer, notifications);
  own.registerInstance(AgendaContainer, platform.container('notification', agendaSpec));
  own.registerInstance(RetentionDays, settings.retentionDays);
  const { locale, seller, offerUrl } = settings;
  own.registerInstance(Wording, { locale, seller, offerUrl });
  own.registerSingleton(Notifications, NotificationDocuments);
  own.registerSingleton(Agenda, AgendaDocuments);
  own.registerSingleton(Letters, WrittenLetters);
  own.registerInstance(PrintingPress, platform.press);
  own.registerSingleton(Papers, PdfPapers);
  own.registerSingleton(Post, MailPost);
  own.registerSingleton(Watch, WatchTelemetry);
  override(own);
  const kept = own.resolve<Notifications>(Notifications);
  const delivering = own.resolve(Delivering);
  return {
    name: 'notification',
    routes: [showNotification(kept), listNotifications(kept)],
    consumers: hearOccasions(own.resolve(Recording)),
    timers: [sendDue(delivering)],
    feeds: [sendQueued(notifications, (stored) => keptOf(stored as Stored<Body>), delivering)],
    migrations: [],
    containers: [notificationsSpec, agendaSpec],
    problems,
    checks: { documents: () => reachable(kept) },
  };
}

async function reachable(notifications: Notifications): Promise<void> {
  await notifications.find({ userId: 'nobody', notificationId: 'nothing' });
}
