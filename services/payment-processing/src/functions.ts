import { inlinePress } from '@boxoffice/shared/papers';
import { azureSql, functionApp } from '@boxoffice/shared/platform/azure';
import { compose } from './main';
import { readPaymentSettings } from './settings';

functionApp(process.env, {
  name: 'payment-processing',
  needs: ['sql', 'bus', 'secrets'],
  luggage: { press: inlinePress, sql: azureSql },
  settings: readPaymentSettings,
  compose,
});
