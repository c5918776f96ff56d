import { Clock } from '@boxoffice/shared/kernel';
import { inject, injectable } from 'tsyringe';
import { AskGateway } from './ask-gateway';
import { DisputeHearing } from './hear-dispute';
import { Gateways, Records } from './ports';
import { gatewayNotFound, paymentNotFound, webhookRefused } from './refusals';
import { PaymentSettling } from './settle-payment';
import { RefundSettling } from './settle-refund';

export interface Webhook {
  readonly gateway: string;
  readonly rawBody: Uint8Array;
  readonly headers: Readonly<Record<string, string | undefined>>;
}

/** A gateway speaks first. Believed only with its signature, of about now, and once. */
@injectable()
export class WebhookHearing {
  constructor(
    @inject(Gateways) private readonly gateways: Gateways,
    @inject(PaymentSettling) private readonly payments: PaymentSettling,
    @inject(RefundSettling) private readonly refunds: RefundSettling,
    @inject(DisputeHearing) private readonly disputes: DisputeHearing,
    @inject(Records) private readonly records: Records,
    @inject(AskGateway) private readonly asking: AskGateway,
    @inject(Clock) private readonly clock: Clock,
  ) {}

  async hear({ gateway: name, rawBody, headers }: Webhook): Promise<void> {
    const gateway = this.gateways.named(name);
    if (!gateway) throw gatewayNotFound();
    const verdict = await gateway.verifyWebhook(rawBody, headers, this.clock.now());
    if (!verdict.genuine) throw webhookRefused(verdict.fault);
    const { notice } = verdict;
    const messageId = `${name}~${notice.id}`;
    if ('payment' in notice) await this.payments.settle(notice.payment.paymentId, notice.payment, messageId);
    else if ('refund' in notice) await this.refunds.settle(notice.refund.refundId, notice.refund, messageId);
    else if ('dispute' in notice) await this.disputes.hear(name, notice.dispute, messageId);
    else if ('asksAbout' in notice) await this.ask(notice.asksAbout);
  }

  /** Asking changes nothing that is known already, so this may come as often as it likes. */
  private async ask(paymentId: string): Promise<void> {
    const payment = await this.records.payment(paymentId);
    if (!payment) throw paymentNotFound();
    if (payment.state !== 'captured') await this.asking.ask(payment);
  }
}
