import { decodeCursor, page, PageQuery, route, type Route } from '@boxoffice/shared/http';
import type { Notifications } from '../core/ports';
import { notificationNotFound, userNotFound } from '../core/refusals';
import { NotificationPageView, NotificationView, viewOf } from './notification.view';

export const showNotification = (notifications: Notifications): Route =>
  route({
    method: 'GET',
    path: '/notifications/{notificationId}',
    summary: 'What became of a notification of yours',
    access: 'signed-in',
    answers: { status: 200, description: 'The notification.', body: NotificationView },
    async handle({ params: { notificationId = '' }, principal: { userId } }) {
      // Looked for among your own alone, so somebody else's is not there.
      const kept = await notifications.find({ userId, notificationId });
      if (!kept) throw notificationNotFound();
      return { status: 200, body: viewOf(kept.notification) };
    },
  });

export const listNotifications = (notifications: Notifications): Route =>
  route<object, PageQuery>({
    method: 'GET',
    path: '/users/{userId}/notifications',
    summary: 'Your notifications; those about one order stand together',
    access: 'signed-in',
    query: PageQuery,
    answers: {
      status: 200,
      description: 'One page; follow nextCursor for the next.',
      body: NotificationPageView,
    },
    async handle({ params, principal: { userId }, query: { limit, cursor } }) {
      if (params['userId'] !== userId) throw userNotFound();
      const found = await notifications.ofUser(userId, {
        limit: limit + 1,
        after: decodeCursor(cursor, '')?.[0],
      });
      const { items, ...rest } = page(found, limit, ({ notificationId }) => [notificationId]);
      return { status: 200, body: { items: items.map(viewOf), ...rest } };
    },
  });
