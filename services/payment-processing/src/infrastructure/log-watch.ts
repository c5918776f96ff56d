import { Telemetry } from '@boxoffice/shared/telemetry';
import { inject, injectable } from 'tsyringe';
import { GatewaySilent, type Watch } from '../core/ports';
import type { RecordedDispute } from '../core/dispute';
import type { Refund } from '../core/refund';

@injectable()
export class LogWatch implements Watch {
  constructor(@inject(Telemetry) private readonly telemetry: Telemetry) {}

  putOff(what: 'order' | 'payment' | 'refund', id: string, error: unknown): void {
    this.telemetry.count('payments.put-off', 1, { what });
    const { log } = this.telemetry;
    if (error instanceof GatewaySilent)
      log.warn('the gateway does not answer, asked again later', { what, id });
    else log.error('could not be looked after, tried again later', error, { what, id });
  }

  disputed({ id, gateway, paymentId, orderId, organizerId, state }: RecordedDispute): void {
    this.telemetry.count('payments.disputed', 1, { gateway, state });
    this.telemetry.log.warn('a bank took a payment back', {
      id,
      gateway,
      paymentId,
      orderId,
      organizerId,
      state,
    });
  }

  handedOver({ refundId, paymentId, gateway, failure }: Refund): void {
    this.telemetry.count('refunds.handed-over', 1, { gateway });
    this.telemetry.log.error('a refund needs a person', new Error(failure ?? 'failed'), {
      refundId,
      paymentId,
      gateway,
    });
  }

  unfulfilledFor(seconds: number): void {
    this.telemetry.measure('orders.unfulfilled.age', seconds);
  }
}
