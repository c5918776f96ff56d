import { inject, injectable } from 'tsyringe';
import { AskGateway } from './ask-gateway';
import { MyRecords } from './my-records';
import { isLive, type Payment } from './payment';
import { GatewaySilent } from './ports';
import { gatewayDoesNotAnswer } from './refusals';

/** The buyer is back and the webhook is not: the gateway is asked at once. */
@injectable()
export class PaymentConfirming {
  constructor(
    @inject(MyRecords) private readonly mine: MyRecords,
    @inject(AskGateway) private readonly gateway: AskGateway,
  ) {}

  async confirm(userId: string, paymentId: string): Promise<Payment> {
    const payment = await this.mine.payment(userId, paymentId);
    if (!isLive(payment.state)) return payment;
    try {
      return await this.gateway.ask(payment);
    } catch (error) {
      if (error instanceof GatewaySilent) throw gatewayDoesNotAnswer();
      throw error;
    }
  }
}
