import type { Random } from '@boxoffice/shared/platform/simulated';
import type { Bank, Deed } from './bank';
import type { Client, Request, Stage } from './client';
import type { OrderSeen, PaymentSeen } from './evidence';
import type { Giro } from './giro';
import type { Mind } from './mind';
import { Remitter, type Manner } from './remitter';

const minute = 60_000;

/** Where money is paid. */
export interface Tills {
  readonly banks: readonly Bank[];
  readonly giro: Giro;
}

/** Pays an order: at a bank, in one attempt or several, or by transfer. */
export class Payer {
  constructor(
    private readonly client: Client,
    private readonly stage: Stage,
    private readonly tills: Tills,
    private readonly random: Random,
    private readonly mind: Mind,
  ) {}

  /** False: they were not let. */
  async pay(order: OrderSeen): Promise<boolean> {
    const { transfer, cardOnFile, deeds, bank } = this.mind;
    if (transfer !== undefined) return this.transfer(order, transfer);
    if (cardOnFile) for (const one of this.tills.banks) one.onFile.add(order.orderId);
    for (const deed of deeds) {
      const payment = await this.open(order, bank === undefined ? {} : { gateway: bank });
      if (!payment) return false;
      await this.atTheBank(payment, deed);
    }
    return true;
  }

  private async transfer(order: OrderSeen, manner: Manner): Promise<boolean> {
    const payment = await this.open(order, { method: 'bank-transfer' });
    if (!payment) return false;
    await new Remitter(this.stage, this.tills.giro, this.random).pay(this.client, payment, manner);
    return true;
  }

  private async open({ orderId }: OrderSeen, how: object): Promise<PaymentSeen | undefined> {
    const { world, evidence } = this.stage;
    const request = {
      service: 'payment-processing',
      method: 'POST',
      path: '/payments',
      body: { orderId, ...how },
    } as const;
    for (let attempt = 1; attempt <= 8; attempt++) {
      const key = this.client.newKey();
      const answer = await this.client.insist<PaymentSeen>({ ...request, key }, this.mind.impatient);
      if (!answer) return undefined;
      if (answer.status === 201) {
        const payment = answer.body;
        evidence.payments.set(payment.paymentId, { who: this.client.who, payment });
        if (this.random.chance(0.2)) repeatLater(this.stage, this.client, this.random, { ...request, key });
        if (payment.state !== 'declined') return payment;
        world.around.tally('payment declined by the gateway');
      } else {
        world.around.tally(`payment refused: ${answer.body.code}`);
        if (answer.body.code !== 'payment-under-way') return undefined;
      }
      await this.client.sleep(this.random.between([5_000, 60_000]));
    }
    return undefined;
  }

  private async atTheBank({ paymentId, gateway, checkoutUrl }: PaymentSeen, deed: Deed): Promise<void> {
    const bank = this.tills.banks.find(({ name }) => name === gateway);
    if (!bank) {
      this.stage.evidence.violated(`payment ${paymentId} is at ${gateway}, which is nowhere`);
      return;
    }
    const reference = checkoutUrl?.split('/').at(-1) ?? '';
    if (this.mind.tamperer && (await bank.forge(reference)) === 204)
      this.stage.evidence.violated(`a forged notice of ${reference} was taken`);
    await this.client.sleep(this.random.between(this.mind.dawdlesAtBank));
    bank.settle(reference, deed, this.mind.telling);
    if (this.mind.asks) {
      await this.client.sleep(this.random.between([0, 10_000]));
      await this.client.ask({
        service: 'payment-processing',
        method: 'POST',
        path: `/payments/${paymentId}/confirm`,
      });
    }
  }
}

/** Hours later, the same request under the same key. */
export function repeatLater({ world }: Stage, client: Client, random: Random, request: Request): void {
  world.schedule.after(random.between([minute, 20 * 60 * minute]), () => void client.insist(request));
}
