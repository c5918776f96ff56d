import { isCurrency } from '@boxoffice/shared/kernel';
import type { GatewayAbilities } from '../../core/gateway';
import { gatewayPolicy } from './gateway-policy';

export interface MercadoPagoSettings {
  readonly accessToken: string;
  readonly webhookSecret: string;
  /** Of the account's country: it takes no other. */
  readonly currency: string;
}

export function readMercadoPagoSettings(
  environment: Readonly<Record<string, string | undefined>>,
): MercadoPagoSettings | undefined {
  const accessToken = environment['MERCADO_PAGO_ACCESS_TOKEN'];
  const webhookSecret = environment['MERCADO_PAGO_WEBHOOK_SECRET'];
  const currency = environment['MERCADO_PAGO_CURRENCY'];
  if (!accessToken || !webhookSecret || !currency) return undefined;
  if (!isCurrency(currency)) throw new Error(`MERCADO_PAGO_CURRENCY is no currency: ${currency}`);
  return { accessToken, webhookSecret, currency };
}

export const mercadoPagoPolicy = gatewayPolicy('mercado-pago');

export const mercadoPagoAbilities = ({ currency }: MercadoPagoSettings): GatewayAbilities => ({
  currencies: [currency],
  methods: ['card', 'pix'],
  capturesLater: false,
});
