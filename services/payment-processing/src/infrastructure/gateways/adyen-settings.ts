import { isTimeZone } from '@boxoffice/shared/kernel';
import type { GatewayAbilities, PaymentMethod } from '../../core/gateway';
import { gatewayPolicy } from './gateway-policy';

export interface AdyenSettings {
  readonly apiKey: string;
  readonly merchantAccount: string;
  /** Of the webhook, in hexadecimal. */
  readonly hmacKey: string;
  /** Of the report user. */
  readonly reportKey: string;
  /** The account's own, in which its reports are written. */
  readonly timeZone: string;
  /** What the addresses of the live platform begin with; the test platform where absent. */
  readonly livePrefix: string | undefined;
}

export function readAdyenSettings(
  environment: Readonly<Record<string, string | undefined>>,
): AdyenSettings | undefined {
  const apiKey = environment['ADYEN_API_KEY'];
  const merchantAccount = environment['ADYEN_MERCHANT_ACCOUNT'];
  const hmacKey = environment['ADYEN_HMAC_KEY'];
  const reportKey = environment['ADYEN_REPORT_KEY'];
  const timeZone = environment['ADYEN_TIME_ZONE'] ?? 'Europe/Amsterdam';
  if (!apiKey || !merchantAccount || !hmacKey || !reportKey) return undefined;
  if (!/^([0-9a-f]{2}){16,}$/i.test(hmacKey)) throw new Error('ADYEN_HMAC_KEY is not hexadecimal');
  if (!isTimeZone(timeZone)) throw new Error(`ADYEN_TIME_ZONE is no time zone: ${timeZone}`);
  return {
    apiKey,
    merchantAccount,
    hmacKey,
    reportKey,
    timeZone,
    livePrefix: environment['ADYEN_LIVE_PREFIX'],
  };
}

export const adyenPolicy = gatewayPolicy('adyen');

/** https://docs.adyen.com/payment-methods/payment-method-types */
export const adyenMethods: Readonly<Partial<Record<PaymentMethod, readonly string[]>>> = {
  card: ['scheme'],
  wallet: ['applepay', 'googlepay'],
  paypal: ['paypal'],
  alipay: ['alipay'],
  'wechat-pay': ['wechatpayQR', 'wechatpayWeb'],
  ideal: ['ideal'],
  bancontact: ['bcmc', 'bcmc_mobile'],
  pix: ['pix'],
};

export const adyenAbilities: GatewayAbilities = {
  methods: Object.keys(adyenMethods) as PaymentMethod[],
  capturesLater: true,
};
