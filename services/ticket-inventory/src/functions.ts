import { inlinePress } from '@boxoffice/shared/papers';
import { functionApp } from '@boxoffice/shared/platform/azure';
import { compose } from './main';
import { readInventorySettings } from './settings';

functionApp(process.env, {
  name: 'ticket-inventory',
  needs: ['documents', 'bus', 'secrets'],
  luggage: { press: inlinePress },
  // host.json lets 500 requests in at once: half of them are left to those who buy.
  settings: (environment) => readInventorySettings(environment, 250),
  compose,
});
