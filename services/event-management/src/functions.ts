import { azureSql, functionApp } from '@boxoffice/shared/platform/azure';
import { compose } from './main';
import { readEventManagementSettings } from './settings';

functionApp(process.env, {
  name: 'event-management',
  needs: ['sql', 'bus'],
  luggage: { sql: azureSql },
  settings: readEventManagementSettings,
  compose,
});
