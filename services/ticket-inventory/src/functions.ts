import { inlinePress } from '@boxoffice/shared/papers';
import { functionApp } from '@boxoffice/shared/platform/azure';
import { compose } from './main';
import { readInventorySettings } from './settings';

functionApp(process.env, {
  name: 'ticket-inventory',
  needs: ['documents', 'bus', 'secrets'],
  luggage: { press: inlinePress },
  settings: readInventorySettings,
  compose,
});
