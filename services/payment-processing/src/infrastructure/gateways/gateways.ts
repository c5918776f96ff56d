import { policy, type Policy, type PolicySettings } from '@boxoffice/shared/resilience';
import type { Telemetry } from '@boxoffice/shared/telemetry';
import type { Gateway, GatewayAbilities, Gateways } from '../../core/gateway';
import { adyenAbilities, adyenPolicy, readAdyenSettings, type AdyenSettings } from './adyen-settings';
import { LateGateway } from './late-gateway';
import {
  mercadoPagoAbilities,
  mercadoPagoPolicy,
  readMercadoPagoSettings,
  type MercadoPagoSettings,
} from './mercado-pago-settings';
import { certificatesFrom } from './paypal-certificates';
import { paypalAbilities, paypalPolicy, readPayPalSettings, type PayPalSettings } from './paypal-settings';
import {
  razorpayAbilities,
  razorpayPolicy,
  readRazorpaySettings,
  type RazorpaySettings,
} from './razorpay-settings';
import {
  sandboxAbilities,
  sandboxPolicy,
  readSandboxSettings,
  type SandboxSettings,
} from './sandbox-settings';
import { squareAbilities, squarePolicy, readSquareSettings, type SquareSettings } from './square-settings';
import { stripeAbilities, stripePolicy, readStripeSettings, type StripeSettings } from './stripe-settings';

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

/**
 * Those that there are keys of, and `own`, which ask nobody. Each of the others is loaded by itself, and has a policy of its own: one that
 * is down is left alone, and the others are not.
 */
export function openGateways(
  settings: GatewaySettings,
  telemetry: Telemetry,
  ...own: readonly (Gateway | undefined)[]
): Gateways {
  const { sandbox, stripe, paypal, adyen, square, razorpay, mercadoPago } = settings;
  const late = (
    how: PolicySettings,
    abilities: GatewayAbilities,
    load: (policy: Policy) => Promise<Gateway>,
  ): Gateway => new LateGateway(how.name, abilities, () => load(policy(how, telemetry)));
  return gatewaysOf([
    sandbox &&
      late(sandboxPolicy, sandboxAbilities, async (policy) => {
        const { SandboxGateway } = await import('@boxoffice/payment-processing/gateways/sandbox');
        return new SandboxGateway(sandbox, policy);
      }),
    stripe &&
      late(stripePolicy, stripeAbilities, async (policy) => {
        const { StripeGateway } = await import('@boxoffice/payment-processing/gateways/stripe');
        return new StripeGateway(stripe, policy);
      }),
    paypal &&
      late(paypalPolicy, paypalAbilities, async (policy) => {
        const { PayPalGateway } = await import('@boxoffice/payment-processing/gateways/paypal');
        return new PayPalGateway(paypal, policy, certificatesFrom(fetch));
      }),
    adyen &&
      late(adyenPolicy, adyenAbilities, async (policy) => {
        const { AdyenGateway } = await import('@boxoffice/payment-processing/gateways/adyen');
        return new AdyenGateway(adyen, policy, fetch);
      }),
    square &&
      late(squarePolicy, squareAbilities, async (policy) => {
        const { SquareGateway } = await import('@boxoffice/payment-processing/gateways/square');
        return new SquareGateway(square, policy);
      }),
    razorpay &&
      late(razorpayPolicy, razorpayAbilities, async (policy) => {
        const { RazorpayGateway } = await import('@boxoffice/payment-processing/gateways/razorpay');
        return new RazorpayGateway(razorpay, policy);
      }),
    mercadoPago &&
      late(mercadoPagoPolicy, mercadoPagoAbilities(mercadoPago), async (policy) => {
        const { MercadoPagoGateway } = await import('@boxoffice/payment-processing/gateways/mercado-pago');
        return new MercadoPagoGateway(mercadoPago, policy);
      }),
    ...own,
  ]);
}

export function gatewaysOf(perhaps: readonly (Gateway | undefined)[]): Gateways {
  const gateways = new Map(perhaps.flatMap((gateway) => (gateway ? [[gateway.name, gateway]] : [])));
  return { names: [...gateways.keys()], named: (name) => gateways.get(name) };
}
