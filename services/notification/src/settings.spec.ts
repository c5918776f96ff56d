import { expect, it } from '@jest/globals';
import { readNotificationSettings } from './settings';

it('needs nothing, and then has no page to send people to', () => {
  expect(readNotificationSettings({})).toEqual({
    retentionDays: 90,
    seller: 'Boxoffice',
    locale: 'en-GB',
    offerUrl: undefined,
  });
  expect(readNotificationSettings({ OFFER_URL: '' }).offerUrl).toBeUndefined();
});

it('knows where what was offered is bought', () => {
  const OFFER_URL = 'https://shop.example/events/{eventId}?hold={holdId}';
  expect(readNotificationSettings({ OFFER_URL }).offerUrl).toBe(OFFER_URL);
});
