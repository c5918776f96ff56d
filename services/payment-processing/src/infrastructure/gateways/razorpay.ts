import type { Instant } from '@boxoffice/shared/kernel';
import type { Policy } from '@boxoffice/shared/resilience';
import type Razorpay from 'razorpay';
import {
  GatewayRefused,
  type Gateway,
  type GatewayMovement,
  type PaymentAtGateway,
  type PaymentToAuthorise,
  type RefundAtGateway,
  type RefundToMake,
  type WebhookVerdict,
} from '../../core/gateway';
import { object, type Json } from './answer';
import { afterOthers } from './ask';
import { loadRazorpay } from './razorpay-client';
import { linkOf, noticeOf } from './razorpay-look-up';
import { razorpayMovements } from './razorpay-movements';
import { razorpayAbilities, type RazorpaySettings } from './razorpay-settings';
import { eventFrom, razorpayFault } from './razorpay-webhook';
import { mark, paidWith, paymentFrom, refundFrom } from './razorpay-wire';
import { askPackage, capturesAtOnce } from './refusal';
import { verdictOn } from './verdict';

/**
 * Razorpay through payment links. A link has no idempotency key but a reference of ours, of which there is only one: when opening it is
 * refused, that one is looked for.
 */
export class RazorpayGateway implements Gateway {
  readonly name = 'razorpay';
  readonly abilities = razorpayAbilities;

  constructor(
    private readonly settings: RazorpaySettings,
    private readonly policy: Policy,
  ) {}

  async authorise(order: PaymentToAuthorise): Promise<PaymentAtGateway> {
    if (order.capture === 'later') throw capturesAtOnce(this.name);
    try {
      return await this.call('opening', async ({ paymentLink }) =>
        paymentFrom(object(await paymentLink.create(linkFor(order)))),
      );
    } catch (error) {
      if (!(error instanceof GatewayRefused)) throw error;
      const link = await afterOthers(
        this.call('look-up', (razorpay) => linkOf(razorpay, { reference_id: order.paymentId })),
      );
      if (!link) throw error;
      return paymentFrom(link);
    }
  }

  capture(): Promise<PaymentAtGateway> {
    return Promise.reject(capturesAtOnce(this.name));
  }

  async lookUp(reference: string): Promise<PaymentAtGateway> {
    return paymentFrom(await this.link(reference));
  }

  async cancel(reference: string): Promise<PaymentAtGateway> {
    try {
      return await this.call('closing', async ({ paymentLink }) =>
        paymentFrom(object(await paymentLink.cancel(reference))),
      );
    } catch (error) {
      if (error instanceof GatewayRefused) return this.lookUp(reference); // it was used, or closed before
      throw error;
    }
  }

  async refund({ refundId, paymentReference, amount }: RefundToMake): Promise<RefundAtGateway> {
    const paymentId = paidWith(await this.link(paymentReference));
    if (paymentId === undefined) throw new GatewayRefused('razorpay: it was not paid');
    const order = {
      amount: amount.amountMinor,
      speed: 'normal',
      receipt: refundId,
      notes: { [mark]: refundId },
    } as const;
    return this.call(
      'refund',
      async ({ payments }) => refundFrom(object(await payments.refund(paymentId, order))),
      refundId,
    );
  }

  lookUpRefund(reference: string): Promise<RefundAtGateway> {
    return this.call('look-up of a refund', async ({ refunds }) =>
      refundFrom(object(await refunds.fetch(reference))),
    );
  }

  async verifyWebhook(
    rawBody: Uint8Array,
    headers: Readonly<Record<string, string | undefined>>,
  ): Promise<WebhookVerdict> {
    const fault = razorpayFault(headers['x-razorpay-signature'], rawBody, this.settings.webhookSecret);
    if (fault) return { genuine: false, fault };
    return verdictOn(
      () => eventFrom(rawBody),
      (event) => this.call('look-up for a notice', (razorpay) => noticeOf(razorpay, event)),
    );
  }

  movements(since: Instant, until: Instant): AsyncIterable<GatewayMovement> {
    return razorpayMovements((what, work) => this.call(what, work), since, until);
  }

  private link(reference: string): Promise<Json> {
    return this.call('look-up', async ({ paymentLink }) => object(await paymentLink.fetch(reference)));
  }

  private async call<T>(
    what: string,
    work: (razorpay: Razorpay) => Promise<T>,
    idempotencyKey?: string,
  ): Promise<T> {
    const client = await loadRazorpay(this.settings);
    return askPackage(this.policy, `razorpay ${what}`, statusOf, (signal) =>
      work(client(signal, idempotencyKey)),
    );
  }
}

/** The package throws what is no Error, and for no answer something else. */
const statusOf = (error: unknown): number | undefined =>
  (error as { readonly statusCode?: number }).statusCode;

/** A link can't end within fifteen minutes, so it is given no end, and is closed when the order is. */
const linkFor = ({ paymentId, amount, description, returnUrl, buyer, method }: PaymentToAuthorise) => ({
  amount: amount.amountMinor,
  currency: amount.currency,
  accept_partial: false,
  reference_id: paymentId,
  description: description.slice(0, 2048),
  customer: { name: buyer.name, email: buyer.email },
  notify: { email: false, sms: false },
  reminder_enable: false,
  notes: { [mark]: paymentId },
  callback_url: returnUrl,
  callback_method: 'get',
  ...(method === 'card' || method === 'upi'
    ? {
        options: {
          checkout: {
            method: { card: method === 'card', upi: method === 'upi', netbanking: false, wallet: false },
          },
        },
      }
    : {}),
});
