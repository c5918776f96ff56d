import { services } from '@boxoffice/shared/contracts';
import type { Service } from '@boxoffice/shared/platform';
import { composeFrom } from './compose-from';

/** No such resource is asked for anything: the triggers and stores of a service are known once it is composed. */
const nowhere = {
  OIDC_ISSUER: 'https://nowhere.example',
  OIDC_AUDIENCE: 'nobody',
  SERVICE_BUS_NAMESPACE: 'nowhere.example',
  AZURE_SQL_SERVER: 'nowhere.example',
  COSMOS_ENDPOINT: 'https://nowhere.example',
  KEY_VAULT_URL: 'https://nowhere.example',
  COMMUNICATION_ENDPOINT: 'https://nowhere.example',
  MAIL_SENDER: 'nobody@nowhere.example',
  CHECKOUT_RETURN_URL: 'https://nowhere.example',
};

/** The services as their Function Apps compose them. */
export const composedServices = (): readonly Service[] => services.map((name) => composeFrom(name, nowhere));
