import { readSettings } from '@boxoffice/shared/kernel';
import { readGatewaySettings, type GatewaySettings } from './infrastructure/gateways/gateways';

export interface PaymentSettings extends GatewaySettings {
  /** Where a gateway sends the buyer afterwards; `{orderId}` stands for the order. */
  readonly returnUrl: string;
  /** Who sells, as receipts name them. */
  readonly seller: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

export const readPaymentSettings = (environment: Environment): PaymentSettings =>
  readSettings(environment, (setting) => ({
    returnUrl: setting.text('CHECKOUT_RETURN_URL'),
    seller: setting.textOr('SELLER_NAME', 'Boxoffice'),
    ...readGatewaySettings(environment),
  }));
