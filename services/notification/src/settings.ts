import { readSettings } from '@boxoffice/shared/kernel';

export interface NotificationSettings {
  /** Days that a notification is kept, with the name and address in it. */
  readonly retentionDays: number;
  /** Who sells, as buyers know them. */
  readonly seller: string;
  /** BCP 47: how dates and money are written. */
  readonly locale: string;
  /** Where what was offered is bought; `{eventId}` and `{holdId}` stand for the offer's. Absent: there is no such page. */
  readonly offerUrl?: string | undefined;
}

export const readNotificationSettings = (
  environment: Readonly<Record<string, string | undefined>>,
): Readonly<NotificationSettings> =>
  readSettings(environment, (setting) => ({
    retentionDays: setting.wholeOr('NOTIFICATION_RETENTION_DAYS', 90),
    seller: setting.textOr('SELLER_NAME', 'Boxoffice'),
    locale: setting.textOr('LOCALE', 'en-GB'),
    offerUrl: setting.textOr('OFFER_URL', '') || undefined,
  }));
