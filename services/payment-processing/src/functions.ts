import { inlinePress } from '@boxoffice/shared/papers';
import { functionApp } from '@boxoffice/shared/platform/azure';
import { compose } from './main';
import { readPaymentSettings } from './settings';

functionApp(process.env, {
  name: 'payment-processing',
  needs: ['sql', 'bus'],
  press: inlinePress,
  settings: readPaymentSettings,
  compose,
});
