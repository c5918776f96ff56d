import type { GatewayAbilities } from '../../core/gateway';
import { gatewayPolicy } from './gateway-policy';

export interface SquareSettings {
  readonly accessToken: string;
  readonly locationId: string;
  readonly webhookKey: string;
  /** As Square was given it, to the letter: it is signed. */
  readonly webhookUrl: string;
  /** Square's own, for the live platform or for the sandbox. */
  readonly url: string;
}

export function readSquareSettings(
  environment: Readonly<Record<string, string | undefined>>,
): SquareSettings | undefined {
  const accessToken = environment['SQUARE_ACCESS_TOKEN'];
  const locationId = environment['SQUARE_LOCATION_ID'];
  const webhookKey = environment['SQUARE_WEBHOOK_KEY'];
  const webhookUrl = environment['SQUARE_WEBHOOK_URL'];
  if (!accessToken || !locationId || !webhookKey || !webhookUrl) return undefined;
  const live = environment['SQUARE_LIVE'] === 'true';
  const url = live ? 'https://connect.squareup.com' : 'https://connect.squareupsandbox.com';
  return { accessToken, locationId, webhookKey, webhookUrl, url };
}

export const squarePolicy = gatewayPolicy('square');

export const squareAbilities: GatewayAbilities = {
  currencies: ['USD', 'CAD', 'GBP', 'EUR', 'AUD', 'JPY'],
  methods: ['card', 'wallet'],
  capturesLater: false,
};
