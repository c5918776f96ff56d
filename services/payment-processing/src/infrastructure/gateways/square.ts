import type { Instant } from '@boxoffice/shared/kernel';
import type { Policy } from '@boxoffice/shared/resilience';
import type { SquareClient } from 'square';
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
import { askPackage, capturesAtOnce, unlessRefused } from './refusal';
import { squareMovements } from './square-movements';
import { noticeOf } from './square-notice';
import { orderWithPayments, type Once } from './square-orders';
import { squareAbilities, squarePolicy, type SquareSettings } from './square-settings';
import { eventFrom, squareFault } from './square-webhook';
import { completed, linkFrom, linkOf, mark, paymentFrom, refundFrom, toSquare } from './square-wire';
import { verdictOn } from './verdict';

/** Square through payment links, each with an order of its own, in which everything that became of it is found. */
export class SquareGateway implements Gateway {
  readonly name = 'square';
  readonly abilities = squareAbilities;
  private client: SquareClient | undefined;

  constructor(
    private readonly settings: SquareSettings,
    private readonly policy: Policy,
  ) {}

  async authorise(order: PaymentToAuthorise): Promise<PaymentAtGateway> {
    if (order.capture === 'later') throw capturesAtOnce(this.name);
    const { paymentId, amount, description, returnUrl, buyer, method } = order;
    const item = { name: description.slice(0, 500), quantity: '1', basePriceMoney: toSquare(amount) };
    const wallets = method !== 'card';
    const request = {
      idempotencyKey: paymentId,
      order: { locationId: this.settings.locationId, lineItems: [item], metadata: { [mark]: paymentId } },
      checkoutOptions: {
        redirectUrl: returnUrl,
        allowTipping: false,
        enableCoupon: false,
        enableLoyalty: false,
        acceptedPaymentMethods: {
          applePay: wallets,
          googlePay: wallets,
          cashAppPay: false,
          afterpayClearpay: false,
        },
      },
      prePopulatedData: { buyerEmail: buyer.email },
    };
    return this.call('opening', async ({ checkout }, once) =>
      linkFrom((await checkout.paymentLinks.create(request, once)).paymentLink, paymentId),
    );
  }

  capture(): Promise<PaymentAtGateway> {
    return Promise.reject(capturesAtOnce(this.name));
  }

  lookUp(reference: string): Promise<PaymentAtGateway> {
    return this.call('look-up', async (square, once) => {
      const { order, payments } = await orderWithPayments(square, once, reference);
      return paymentFrom(order, payments, reference);
    });
  }

  /** A link that is taken away takes its order with it, unless that was paid. */
  async cancel(reference: string): Promise<PaymentAtGateway> {
    const id = linkOf(reference);
    if (id !== undefined)
      await unlessRefused(
        this.call('closing', ({ checkout }, once) => checkout.paymentLinks.delete({ id }, once)),
      );
    return this.lookUp(reference);
  }

  async refund({ refundId, paymentReference, amount }: RefundToMake): Promise<RefundAtGateway> {
    return this.call('refund', async (square, once) => {
      const { payments } = await orderWithPayments(square, once, paymentReference);
      const paymentId = completed(payments)?.id;
      if (paymentId === undefined) throw new GatewayRefused('square: it was not paid');
      const request = {
        idempotencyKey: refundId,
        paymentId,
        amountMoney: toSquare(amount),
        reason: refundId,
      };
      return refundFrom((await square.refunds.refundPayment(request, once)).refund);
    });
  }

  lookUpRefund(reference: string): Promise<RefundAtGateway> {
    return this.call('look-up of a refund', async ({ refunds }, once) =>
      refundFrom((await refunds.get({ refundId: reference }, once)).refund),
    );
  }

  async verifyWebhook(
    rawBody: Uint8Array,
    headers: Readonly<Record<string, string | undefined>>,
  ): Promise<WebhookVerdict> {
    const fault = squareFault(headers['x-square-hmacsha256-signature'], rawBody, this.settings);
    if (fault) return { genuine: false, fault };
    return verdictOn(
      () => eventFrom(rawBody),
      (event) => this.call('look-up for a notice', (square, once) => noticeOf(square, once, event)),
    );
  }

  movements(since: Instant, until: Instant): AsyncIterable<GatewayMovement> {
    return squareMovements((what, work) => this.call(what, work), this.settings.locationId, since, until);
  }

  private async call<T>(what: string, work: (square: SquareClient, once: Once) => Promise<T>): Promise<T> {
    // Loading it takes seconds, which are none of the gateway's.
    const { SquareClient, SquareError } = await import('square');
    const { accessToken: token, url: baseUrl } = this.settings;
    const square = (this.client ??= new SquareClient({ token, baseUrl }));
    const statusOf = (error: unknown) => (error instanceof SquareError ? error.statusCode : undefined);
    return askPackage(this.policy, `square ${what}`, statusOf, (abortSignal) =>
      work(square, { abortSignal, maxRetries: 0, timeoutInSeconds }),
    );
  }
}

const timeoutInSeconds = squarePolicy.timeoutMilliseconds / 1000;
