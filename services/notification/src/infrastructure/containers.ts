import type { ContainerSpec } from '@boxoffice/shared/documents';

/** Partitioned by user; what is nobody's is each by itself. What it says of people goes by itself, by its `ttl`. */
export const notificationsSpec: ContainerSpec = { name: 'notifications', ttl: true };
/** What is due when, in a partition a priority: only what failed, what is urgent, or whose sender died, passes through it. */
export const agendaSpec: ContainerSpec = { name: 'agenda', ttl: true };

export const NotificationContainer = Symbol('NotificationContainer');
export const AgendaContainer = Symbol('AgendaContainer');
export const RetentionDays = Symbol('RetentionDays');
