import { functionApp } from '@boxoffice/shared/platform/azure';
import { compose } from './main';
import { readNotificationSettings } from './settings';

functionApp(process.env, {
  name: 'notification',
  needs: ['documents', 'bus', 'mail'],
  settings: readNotificationSettings,
  compose,
});
