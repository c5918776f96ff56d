import { after, type Instant } from '@boxoffice/shared/kernel';
import type { Policy } from '@boxoffice/shared/resilience';
import type * as PayPal from '@paypal/paypal-server-sdk' with { 'resolution-mode': 'import' };
import {
  GatewayRefused,
  type Gateway,
  type GatewayMovement,
  type PaymentAtGateway,
  type PaymentToAuthorise,
  type PaymentToCapture,
  type RefundAtGateway,
  type RefundToMake,
  type WebhookVerdict,
} from '../../core/gateway';
import { isUnreadable } from './answer';
import { ask } from './ask';
import { toPayPal } from './paypal-money';
import { noticeFault, noticeFrom, type FindCertificate } from './paypal-notice';
import { markOver, orderFor } from './paypal-order';
import { openPayPal, type PayPalApi } from './paypal-package';
import { paypalRefusal } from './paypal-refusal';
import { paypalAbilities, type PayPalSettings } from './paypal-settings';
import { movementsFrom, orderFrom, refundFrom, type OrderThere } from './paypal-wire';
import { unlessRefused } from './refusal';

const represented = 'return=representation';
const searchDays = 31; // the most that one search of PayPal's may span

type Answer = Pick<PayPal.ApiResponse<unknown>, 'body'>;

/**
 * PayPal, by Orders v2 and Payments v2. A buyer approves an order there; the money is taken, or set aside, when we then ask
 * what became of it.
 */
export class PayPalGateway implements Gateway {
  readonly name = 'paypal';
  readonly abilities = paypalAbilities;
  private client: Promise<PayPalApi> | undefined;

  /** `overrides`: of the HTTP client in the package. */
  constructor(
    private readonly settings: PayPalSettings,
    private readonly policy: Policy,
    private readonly findCertificate: FindCertificate,
    private readonly overrides: object = {},
  ) {}

  async authorise(order: PaymentToAuthorise): Promise<PaymentAtGateway> {
    const request = { paypalRequestId: order.paymentId, prefer: represented };
    const made = await this.call(
      'opening an order',
      ({ orders, words }) => orders.createOrder({ ...request, body: orderFor(order, words) }),
      orderFrom,
    );
    return made.payment;
  }

  async lookUp(reference: string): Promise<PaymentAtGateway> {
    const order = await this.order(reference);
    if (order.isOver || order.status !== 'APPROVED' || order.payment.outcome.is !== 'open')
      return order.payment;
    return this.take(order);
  }

  async capture(reference: string, { paymentId, amount }: PaymentToCapture): Promise<PaymentAtGateway> {
    const { payment, authorization } = await this.order(reference);
    if (payment.outcome.is !== 'authorised' || authorization === undefined) return payment;
    const request = {
      authorizationId: authorization,
      paypalRequestId: `capture~${paymentId}`,
      prefer: represented,
      body: { amount: toPayPal(amount), finalCapture: true },
    };
    await this.call('capturing', ({ payments }) => payments.captureAuthorizedPayment(request), anything);
    return (await this.order(reference)).payment;
  }

  async cancel(reference: string): Promise<PaymentAtGateway> {
    const order = await this.order(reference);
    const { outcome, paymentId } = order.payment;
    if (outcome.is === 'authorised' && order.authorization !== undefined) {
      const request = { authorizationId: order.authorization, paypalRequestId: `void~${paymentId}` };
      await unlessRefused(this.call('voiding', ({ payments }) => payments.voidPayment(request), anything));
    } else if (outcome.is === 'open' && order.capture === undefined && !order.isOver) {
      const patch = (api: PayPalApi) =>
        api.orders.patchOrder({ id: reference, body: [markOver(paymentId, api.words)] });
      await unlessRefused(this.call('marking an order', patch, anything));
    }
    return (await this.order(reference)).payment;
  }

  async refund({ refundId, paymentReference, amount }: RefundToMake): Promise<RefundAtGateway> {
    const { capture, refunds } = await this.order(paymentReference);
    if (capture === undefined) throw new GatewayRefused('nothing was paid there');
    // PayPal forgets a request's id in time; what hangs on the order it does not forget.
    const made = refunds.find((refund) => (refund as { custom_id?: unknown }).custom_id === refundId);
    if (made !== undefined) return refundFrom(made);
    const request = {
      captureId: capture,
      paypalRequestId: refundId,
      prefer: represented,
      body: { amount: toPayPal(amount), customId: refundId },
    };
    return this.call('refunding', ({ payments }) => payments.refundCapturedPayment(request), refundFrom);
  }

  lookUpRefund(reference: string): Promise<RefundAtGateway> {
    const request = { refundId: reference };
    return this.call('looking a refund up', ({ payments }) => payments.getRefund(request), refundFrom);
  }

  async verifyWebhook(
    rawBody: Uint8Array,
    headers: Readonly<Record<string, string | undefined>>,
    now: Instant,
  ): Promise<WebhookVerdict> {
    const fault = await noticeFault(rawBody, headers, this.settings.webhookId, this.findCertificate, now);
    if (fault) return { genuine: false, fault };
    try {
      return { genuine: true, notice: noticeFrom(JSON.parse(Buffer.from(rawBody).toString())) };
    } catch (error) {
      if (isUnreadable(error)) return { genuine: false, fault: 'malformed' };
      throw error;
    }
  }

  /** PayPal lists what moved up to three hours late. */
  async *movements(since: Instant, until: Instant): AsyncIterable<GatewayMovement> {
    for (let from = since; from < until; from = after(from, { days: searchDays })) {
      const to = after(from, { days: searchDays });
      yield* this.movementsIn(from, to < until ? to : until);
    }
  }

  private async *movementsIn(since: Instant, until: Instant): AsyncIterable<GatewayMovement> {
    for (let page = 1, pages = 1; page <= pages; page++) {
      const request = { startDate: since, endDate: until, fields: 'transaction_info', pageSize: 500, page };
      const found = await this.call(
        'searching transactions',
        ({ search }) => search.searchTransactions(request),
        movementsFrom,
      );
      pages = found.pages;
      // PayPal's end counts as within.
      for (const one of found.items) if (one && one.at >= since && one.at < until) yield one;
    }
  }

  private order(reference: string): Promise<OrderThere> {
    return this.call('looking an order up', ({ orders }) => orders.getOrder({ id: reference }), orderFrom);
  }

  /** Takes what was approved, or sets it aside; once, by the request's id. */
  private async take({ payment, intent }: OrderThere): Promise<PaymentAtGateway> {
    const request = { id: payment.reference, prefer: represented };
    try {
      await (intent === 'CAPTURE'
        ? this.call(
            'capturing an order',
            ({ orders }) =>
              orders.captureOrder({ ...request, paypalRequestId: `capture~${payment.paymentId}` }),
            anything,
          )
        : this.call(
            'authorising an order',
            ({ orders }) =>
              orders.authorizeOrder({ ...request, paypalRequestId: `authorise~${payment.paymentId}` }),
            anything,
          ));
    } catch (error) {
      if (!(error instanceof GatewayRefused)) throw error;
      // The buyer may choose another card there; or somebody else was faster, and the order tells.
      if (!stillOpen.test(error.message))
        return { ...payment, outcome: { is: 'declined', reason: error.message } };
    }
    return (await this.order(payment.reference)).payment;
  }

  private async call<T>(
    what: string,
    work: (api: PayPalApi) => Promise<Answer>,
    read: (body: unknown) => T,
  ): Promise<T> {
    const api = await this.api(); // loading it is not the gateway's time
    return ask(this.policy, `paypal, ${what}`, async () => {
      try {
        const { body } = await work(api);
        return read(typeof body === 'string' && body !== '' ? JSON.parse(body) : undefined);
      } catch (error) {
        throw paypalRefusal(error) ?? error;
      }
    });
  }

  private api(): Promise<PayPalApi> {
    this.client ??= openPayPal(this.settings, this.overrides);
    return this.client;
  }
}

/** Issues of a capture after which the order is what it was. */
const stillOpen = /INSTRUMENT_DECLINED|ORDER_NOT_APPROVED|ORDER_ALREADY_CAPTURED|ORDER_ALREADY_AUTHORIZED/;
const anything = (): undefined => undefined;
