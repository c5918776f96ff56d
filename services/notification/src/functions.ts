import { inlinePress } from '@boxoffice/shared/papers';
import { functionApp } from '@boxoffice/shared/platform/azure';
import { compose } from './main';
import { readNotificationSettings } from './settings';

functionApp(process.env, {
  name: 'notification',
  needs: ['documents', 'bus', 'mail'],
  luggage: { press: inlinePress },
  settings: readNotificationSettings,
  compose,
});
