import type { CheckoutAPI, Types } from '@adyen/api-library';
import type { Instant } from '@boxoffice/shared/kernel';
import type { Policy } from '@boxoffice/shared/resilience';
import {
  GatewayRefused,
  GatewaySilent,
  type Gateway,
  type GatewayMovement,
  type PaymentAtGateway,
  type PaymentToAuthorise,
  type PaymentToCapture,
  type RefundAtGateway,
  type RefundToMake,
  type WebhookVerdict,
} from '../../core/gateway';
import { identifier, object } from './answer';
import { adyenPackage } from './adyen-package';
import { movementsOfReport, reportDays } from './adyen-reports';
import { adyenAbilities, adyenMethods, type AdyenSettings } from './adyen-settings';
import { adyenTransport } from './adyen-transport';
import { adyenVerdict } from './adyen-webhook';
import { fromPspName, linkFrom, pspName, referenceFor, toAdyen } from './adyen-wire';
import { ask, type Fetch } from './ask';

/**
 * Adyen through payment links. A link can be looked up and taken back; what was paid with it is named otherwise, and told of by
 * notices alone: captures, cancellations and refunds are answered with "received", and stay pending until their notice comes.
 */
export class AdyenGateway implements Gateway {
  readonly name = 'adyen';
  readonly abilities = adyenAbilities;

  constructor(
    private readonly settings: AdyenSettings,
    private readonly policy: Policy,
    private readonly fetch: Fetch,
  ) {}

  async authorise(order: PaymentToAuthorise): Promise<PaymentAtGateway> {
    const { paymentId, amount, capture, method } = order;
    const allowed = method === undefined ? undefined : (adyenMethods[method] ?? []);
    const link = {
      merchantAccount: this.settings.merchantAccount,
      reference: referenceFor(order),
      amount: toAdyen(amount),
      description: order.description.slice(0, 280),
      returnUrl: order.returnUrl,
      expiresAt: new Date(order.expiresAt),
      shopperEmail: order.buyer.email,
      ...(capture === 'later' ? { manualCapture: true } : { captureDelayHours: 0 }),
      ...(allowed === undefined ? {} : { allowedPaymentMethods: [...allowed] }),
    };
    return this.call('opening', async ({ PaymentLinksApi }, { PaymentLinkRequest }) => {
      const request = Object.assign(new PaymentLinkRequest(), link);
      return linkFrom(await PaymentLinksApi.paymentLinks(request, { idempotencyKey: paymentId }));
    });
  }

  async capture(reference: string, { paymentId, amount }: PaymentToCapture): Promise<PaymentAtGateway> {
    const { psp } = paid(reference);
    const { merchantAccount } = this.settings;
    const capture = { merchantAccount, reference: paymentId, amount: toAdyen(amount) };
    await this.call('capture', ({ ModificationsApi }, { PaymentCaptureRequest }) => {
      const request = Object.assign(new PaymentCaptureRequest(), capture);
      return ModificationsApi.captureAuthorisedPayment(psp, request, {
        idempotencyKey: `capture~${paymentId}`,
      });
    });
    return { paymentId, reference, outcome: { is: 'authorised', amount } };
  }

  async lookUp(reference: string): Promise<PaymentAtGateway> {
    const known = fromPspName(reference);
    // Nothing can be asked about what was paid; `open` tells nothing new of it.
    if (known) return { paymentId: known.id, reference, outcome: { is: 'open' } };
    return this.call('look-up', async ({ PaymentLinksApi }) =>
      linkFrom(await PaymentLinksApi.getPaymentLink(reference)),
    );
  }

  async cancel(reference: string): Promise<PaymentAtGateway> {
    const known = fromPspName(reference);
    return known ? this.cancelPaid(known.psp, known.id, reference) : this.closeLink(reference);
  }

  async refund({ refundId, paymentReference, amount }: RefundToMake): Promise<RefundAtGateway> {
    const { psp } = paid(paymentReference);
    const { merchantAccount } = this.settings;
    const refund = { merchantAccount, reference: refundId, amount: toAdyen(amount) };
    const reference = await this.call('refund', async ({ ModificationsApi }, { PaymentRefundRequest }) => {
      const request = Object.assign(new PaymentRefundRequest(), refund);
      const answer = await ModificationsApi.refundCapturedPayment(psp, request, { idempotencyKey: refundId });
      return identifier(object(answer), 'pspReference', 24);
    });
    return { refundId, reference: pspName(reference, refundId), outcome: { is: 'pending' } };
  }

  async lookUpRefund(reference: string): Promise<RefundAtGateway> {
    return { refundId: paid(reference).id, reference, outcome: { is: 'pending' } };
  }

  verifyWebhook(rawBody: Uint8Array): Promise<WebhookVerdict> {
    return adyenVerdict(rawBody, this.settings);
  }

  async *movements(since: Instant, until: Instant): AsyncIterable<GatewayMovement> {
    const { timeZone } = this.settings;
    for (const day of reportDays(since, until, timeZone)) {
      const moved = await movementsOfReport(await this.report(day), timeZone);
      yield* moved.filter(({ at }) => at >= since && at < until);
    }
  }

  private async cancelPaid(psp: string, paymentId: string, reference: string): Promise<PaymentAtGateway> {
    const { merchantAccount } = this.settings;
    await this.call('cancellation', ({ ModificationsApi }, { PaymentCancelRequest }) => {
      const request = Object.assign(new PaymentCancelRequest(), { merchantAccount, reference: paymentId });
      const once = { idempotencyKey: `cancel~${paymentId}` };
      return ModificationsApi.cancelAuthorisedPaymentByPspReference(psp, request, once);
    });
    return { paymentId, reference, outcome: { is: 'open' } };
  }

  private async closeLink(reference: string): Promise<PaymentAtGateway> {
    try {
      return await this.call('closing', async ({ PaymentLinksApi }, { UpdatePaymentLinkRequest: Update }) => {
        const request = Object.assign(new Update(), { status: Update.StatusEnum.Expired });
        return linkFrom(await PaymentLinksApi.updatePaymentLink(reference, request));
      });
    } catch (error) {
      if (error instanceof GatewayRefused) return this.lookUp(reference); // it was used before
      throw error;
    }
  }

  private async call<T>(
    what: string,
    work: (checkout: CheckoutAPI, types: typeof Types.checkout) => Promise<T>,
  ): Promise<T> {
    const { Client, Config, CheckoutAPI, EnvironmentEnum, Types } = await adyenPackage();
    const { apiKey, livePrefix } = this.settings;
    const config = new Config({
      apiKey,
      environment: livePrefix === undefined ? EnvironmentEnum.TEST : EnvironmentEnum.LIVE,
      ...(livePrefix === undefined ? {} : { liveEndpointUrlPrefix: livePrefix }),
    });
    return ask(this.policy, `adyen ${what}`, (signal) =>
      work(new CheckoutAPI(new Client(config, adyenTransport(this.fetch, signal))), Types.checkout),
    );
  }

  private report(day: string): Promise<string> {
    const { merchantAccount, reportKey, livePrefix } = this.settings;
    const host = livePrefix === undefined ? 'ca-test.adyen.com' : 'ca-live.adyen.com';
    const account = encodeURIComponent(merchantAccount);
    const url = `https://${host}/reports/download/MerchantAccount/${account}/payments_accounting_report_${day}.csv`;
    return ask(this.policy, 'adyen report', async (signal) => {
      const response = await this.fetch(url, {
        headers: { 'x-api-key': reportKey },
        redirect: 'error',
        signal,
      });
      // Reports come the morning after: one that is not there is no day without movements.
      if (!response.ok) throw new GatewaySilent(`adyen has no report of ${day}: ${response.status}`);
      return response.text();
    });
  }
}

function paid(reference: string): { psp: string; id: string } {
  const known = fromPspName(reference);
  if (!known) throw new GatewayRefused(`adyen has told of nothing that was paid with ${reference}`);
  return known;
}
