import type { Instant } from '@boxoffice/shared/kernel';
import type { Policy } from '@boxoffice/shared/resilience';
import {
  GatewayRefused,
  type Gateway,
  type GatewayAbilities,
  type GatewayMovement,
  type PaymentAtGateway,
  type PaymentToAuthorise,
  type RefundAtGateway,
  type RefundToMake,
  type WebhookNotice,
  type WebhookVerdict,
} from '../../core/gateway';
import { isUnreadable, object } from './answer';
import { afterOthers } from './ask';
import { toDecimal } from './decimal';
import { loadMercadoPago, type MercadoPago } from './mercado-pago-client';
import {
  capturedName,
  closePreference,
  paymentNamed,
  paymentsFor,
  preferenceNamed,
} from './mercado-pago-look-up';
import { mercadoPagoMovements } from './mercado-pago-movements';
import { preferenceFor } from './mercado-pago-preference';
import { mercadoPagoAbilities, mercadoPagoPolicy, type MercadoPagoSettings } from './mercado-pago-settings';
import { readNotice } from './mercado-pago-webhook';
import {
  disputeFrom,
  fromPayment,
  fromPreference,
  fromRefund,
  isCaptured,
  isPaymentName,
  isPending,
  nameOf,
  ourIdOf,
} from './mercado-pago-wire';
import { askPackage, capturesAtOnce, unlessRefused } from './refusal';

/**
 * Mercado Pago through Checkout Pro. A preference is a page to pay at; the payments made there are found by our reference. A preference
 * has no key of ours that is promised to be taken once, so it is looked for before it is made.
 */
export class MercadoPagoGateway implements Gateway {
  readonly name = 'mercado-pago';
  readonly abilities: GatewayAbilities;

  constructor(
    private readonly settings: MercadoPagoSettings,
    private readonly policy: Policy,
  ) {
    this.abilities = mercadoPagoAbilities(settings);
  }

  async authorise(order: PaymentToAuthorise): Promise<PaymentAtGateway> {
    if (order.capture === 'later') throw capturesAtOnce(this.name);
    const known = await this.call('look-up', (mercadoPago) => preferenceNamed(mercadoPago, order.paymentId));
    if (known !== undefined) return afterOthers(this.lookUp(known));
    const body = preferenceFor(order);
    return this.call(
      'opening',
      async ({ preferences }) => fromPreference(object(await preferences.create({ body })), []),
      order.paymentId,
    );
  }

  capture(): Promise<PaymentAtGateway> {
    return Promise.reject(capturesAtOnce(this.name));
  }

  lookUp(reference: string): Promise<PaymentAtGateway> {
    return this.call('look-up', (mercadoPago) => paymentNamed(mercadoPago, reference));
  }

  async cancel(reference: string): Promise<PaymentAtGateway> {
    const before = await this.lookUp(reference);
    if (before.outcome.is !== 'open' || isPaymentName(reference)) return before;
    await this.call('closing', (mercadoPago) => closePreference(mercadoPago, reference));
    // A Pix code that was given out could be paid yet.
    const tried = await this.call('look-up', (mercadoPago) => paymentsFor(mercadoPago, before.paymentId));
    for (const id of tried.filter(isPending).map(nameOf))
      await unlessRefused(this.call('cancellation', ({ payments }) => payments.cancel({ id })));
    return this.lookUp(reference);
  }

  async refund({ refundId, paymentReference, amount }: RefundToMake): Promise<RefundAtGateway> {
    const paymentName = await this.call('look-up', (mercadoPago) =>
      capturedName(mercadoPago, paymentReference),
    );
    if (paymentName === undefined) throw new GatewayRefused('mercado-pago: it was not paid');
    const order = { payment_id: paymentName, body: { amount: Number(toDecimal(amount)) } };
    return this.call(
      'refund',
      async ({ refunds }) =>
        fromRefund({ payment_id: paymentName, ...(await refunds.create(order)) }, refundId),
      refundId,
    );
  }

  lookUpRefund(reference: string): Promise<RefundAtGateway> {
    const [payment_id = '', refund_id = ''] = reference.split('.');
    return this.call('look-up of a refund', async ({ refunds }) =>
      fromRefund({ payment_id, ...(await refunds.get({ payment_id, refund_id })) }, reference),
    );
  }

  async verifyWebhook(
    rawBody: Uint8Array,
    headers: Readonly<Record<string, string | undefined>>,
    now: Instant,
  ): Promise<WebhookVerdict> {
    try {
      const read = await readNotice(rawBody, headers, this.settings.webhookSecret, now);
      if ('fault' in read) return { genuine: false, fault: read.fault };
      return { genuine: true, notice: await this.notice(read.id, read.payment) };
    } catch (error) {
      if (isUnreadable(error)) return { genuine: false, fault: 'malformed' };
      throw error;
    }
  }

  movements(since: Instant, until: Instant): AsyncIterable<GatewayMovement> {
    return mercadoPagoMovements((what, work) => this.call(what, work), since, until);
  }

  /** A payment that is not captured is one try of several on its page. */
  private async notice(id: string, paymentName: string | undefined): Promise<WebhookNotice> {
    const payment =
      paymentName === undefined
        ? undefined
        : await this.call('look-up for a notice', async ({ payments }) =>
            object(await payments.get({ id: paymentName })),
          );
    if (!payment || ourIdOf(payment) === undefined || !isCaptured(payment))
      return { id, concerns: 'nothing-of-ours' };
    const dispute = disputeFrom(payment);
    return dispute ? { id, dispute } : { id, payment: fromPayment(payment) };
  }

  private async call<T>(
    what: string,
    work: (mercadoPago: MercadoPago) => Promise<T>,
    idempotencyKey?: string,
  ): Promise<T> {
    const client = await loadMercadoPago(this.settings.accessToken, mercadoPagoPolicy.timeoutMilliseconds);
    const { MercadoPagoError } = await import('mercadopago');
    const statusOf = (error: unknown) => (error instanceof MercadoPagoError ? error.status : undefined);
    return askPackage(this.policy, `mercado-pago ${what}`, statusOf, () => work(client(idempotencyKey)));
  }
}
