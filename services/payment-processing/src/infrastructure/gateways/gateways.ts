import { policy } from '@boxoffice/shared/resilience';
import type { Telemetry } from '@boxoffice/shared/telemetry';
import type { Gateway, Gateways } from '../../core/gateway';
import { paypalPolicy, PayPalGateway, readPayPalSettings, type PayPalSettings } from './paypal';
import { certificatesFrom } from './paypal-certificates';
import { AdyenGateway, adyenPolicy } from './adyen';
import { readAdyenSettings, type AdyenSettings } from './adyen-settings';
import {
  MercadoPagoGateway,
  mercadoPagoPolicy,
  readMercadoPagoSettings,
  type MercadoPagoSettings,
} from './mercado-pago';
import { RazorpayGateway, razorpayPolicy, readRazorpaySettings, type RazorpaySettings } from './razorpay';
import { readSandboxSettings, SandboxGateway, sandboxPolicy, type SandboxSettings } from './sandbox';
import { readSquareSettings, SquareGateway, squarePolicy, type SquareSettings } from './square';
import { readStripeSettings, StripeGateway, stripePolicy, type StripeSettings } from './stripe';

/** All that there can be, keys or not. */
export const gatewayNames = [
  'sandbox',
  'stripe',
  'paypal',
  'adyen',
  'razorpay',
  'square',
  'mercado-pago',
  'bank-transfer',
] as const;

/** Each is absent where its address or one of its keys is not set. */
export interface GatewaySettings {
  readonly sandbox: SandboxSettings | undefined;
  readonly stripe?: StripeSettings | undefined;
  readonly paypal?: PayPalSettings | undefined;
  readonly adyen?: AdyenSettings | undefined;
  readonly square?: SquareSettings | undefined;
  readonly razorpay?: RazorpaySettings | undefined;
  readonly mercadoPago?: MercadoPagoSettings | undefined;
}

export const readGatewaySettings = (
  environment: Readonly<Record<string, string | undefined>>,
): GatewaySettings => ({
  sandbox: readSandboxSettings(environment),
  stripe: readStripeSettings(environment),
  paypal: readPayPalSettings(environment),
  adyen: readAdyenSettings(environment),
  square: readSquareSettings(environment),
  razorpay: readRazorpaySettings(environment),
  mercadoPago: readMercadoPagoSettings(environment),
});

/** Those that there are keys of, and `own`, which ask nobody. Each of the others has a policy of its own: one that is down is left alone, and the others are not. */
export function openGateways(
  settings: GatewaySettings,
  telemetry: Telemetry,
  ...own: readonly (Gateway | undefined)[]
): Gateways {
  const { sandbox, stripe, paypal, adyen, square, razorpay, mercadoPago } = settings;
  return gatewaysOf([
    sandbox && new SandboxGateway(sandbox, policy(sandboxPolicy, telemetry), fetch),
    stripe && new StripeGateway(stripe, policy(stripePolicy, telemetry)),
    paypal && new PayPalGateway(paypal, policy(paypalPolicy, telemetry), certificatesFrom(fetch)),
    adyen && new AdyenGateway(adyen, policy(adyenPolicy, telemetry), fetch),
    square && new SquareGateway(square, policy(squarePolicy, telemetry)),
    razorpay && new RazorpayGateway(razorpay, policy(razorpayPolicy, telemetry)),
    mercadoPago && new MercadoPagoGateway(mercadoPago, policy(mercadoPagoPolicy, telemetry)),
    ...own,
  ]);
}

export function gatewaysOf(perhaps: readonly (Gateway | undefined)[]): Gateways {
  const gateways = new Map(perhaps.flatMap((gateway) => (gateway ? [[gateway.name, gateway]] : [])));
  return { names: [...gateways.keys()], named: (name) => gateways.get(name) };
}
