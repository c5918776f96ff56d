import { inject, injectable } from 'tsyringe';
import { chooseGateways, GatewayPreferences, methodsFor } from './choose-gateway';
import { allOf, Gateways, type PaymentMethod } from './gateway';
import { MyRecords } from './my-records';
import { dueOf, isFree } from './order';

export interface WayToPay {
  readonly gateway: string;
  readonly methods: readonly PaymentMethod[];
}

/** How a buyer may pay an order of theirs: the choice that opening a payment makes, before it is made. */
@injectable()
export class WaysToPay {
  constructor(
    @inject(MyRecords) private readonly mine: MyRecords,
    @inject(Gateways) private readonly gateways: Gateways,
    @inject(GatewayPreferences) private readonly preferences: GatewayPreferences,
  ) {}

  async of(userId: string, orderId: string): Promise<readonly WayToPay[]> {
    const order = await this.mine.order(userId, orderId);
    if (isFree(order)) return [];
    const due = dueOf(order);
    return chooseGateways(due, allOf(this.gateways), this.preferences).map((gateway) => ({
      gateway: gateway.name,
      methods: methodsFor(due, gateway),
    }));
  }
}
