import { Refusal } from '@boxoffice/shared/kernel';

export const notificationNotFound = (): Refusal =>
  new Refusal('notification-not-found', 'There is no such notification of yours.');
export const userNotFound = (): Refusal => new Refusal('user-not-found', 'That is not you.');
