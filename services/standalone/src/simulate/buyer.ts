import type { EventPublished } from '@boxoffice/shared/contracts';
import { longestLag, type Random, type Span } from '@boxoffice/shared/platform/simulated';
import type { Bank, Deed, Telling } from './bank';
import { Client, type Stage } from './client';
import type { HoldSeen, Line, OrderSeen, PaymentSeen } from './evidence';

/** What a buyer is going to do, drawn before they begin. */
interface Mind {
  readonly lines: readonly Line[];
  /** Presses every button twice. */
  readonly impatient: boolean;
  readonly afterHold: 'order' | 'release' | 'leave';
  /** Orders again with the same hold, as from a second tab. */
  readonly secondTab: boolean;
  readonly afterOrder: 'pay' | 'leave' | 'release';
  readonly cardOnFile: boolean;
  /** At the bank, one after another. */
  readonly deeds: readonly Deed[];
  readonly dawdlesAtBank: Span;
  readonly telling: Telling;
  /** Asks how the payment went rather than wait. */
  readonly asks: boolean;
  readonly tamperer: boolean;
}

const minute = 60_000;

export function drawMind(random: Random, event: EventPublished): Mind {
  const types = random.shuffled(event.ticketTypes).slice(0, random.between([1, event.ticketTypes.length]));
  return {
    lines: types.map(({ ticketTypeId }) => ({ ticketTypeId, quantity: random.pick([1, 1, 2, 3]) })),
    impatient: random.chance(0.25),
    afterHold: random.pick([
      'order',
      'order',
      'order',
      'order',
      'order',
      'order',
      'release',
      'leave',
    ] as const),
    secondTab: random.chance(0.25),
    afterOrder: random.pick(['pay', 'pay', 'pay', 'pay', 'pay', 'pay', 'pay', 'release', 'leave'] as const),
    cardOnFile: random.chance(0.15),
    deeds: random.pick([
      ['pay'],
      ['pay'],
      ['pay'],
      ['fail'],
      ['fail', 'pay'],
      ['fail', 'fail', 'pay'],
    ] as const),
    dawdlesAtBank: random.pick([
      [0, 2_000],
      [0, minute],
      // Longer than most holds.
      [5 * minute, 3 * 60 * minute],
    ] as const),
    telling: {
      takes: random.pick([
        [0, 0],
        [0, 5_000],
        [10 * minute, 4 * 60 * minute],
      ] as const),
      notices: random.pick(['once', 'once', 'several times', 'never'] as const),
      after: random.pick([
        [0, 0],
        [0, 2_000],
        [0, 30 * minute],
        [60 * minute, 24 * 60 * minute],
      ] as const),
    },
    asks: random.chance(0.3),
    tamperer: random.chance(0.1),
  };
}

/** One person who wants tickets. Resolves when they are done, or have given up. */
export class Buyer {
  private readonly client: Client;

  constructor(
    private readonly who: string,
    private readonly stage: Stage,
    private readonly bank: Bank,
    private readonly random: Random,
    private readonly event: EventPublished,
    private readonly mind: Mind,
  ) {
    this.client = new Client(who, 'buyer', stage, random);
  }

  async buy(): Promise<void> {
    const hold = await this.hold();
    if (!hold) return;
    if (this.mind.afterHold === 'leave') return;
    if (this.mind.afterHold === 'release') return this.release(hold);
    const order = await this.order(hold);
    if (!order) return;
    if (this.mind.afterOrder === 'release') return this.release(hold);
    if (this.mind.afterOrder === 'leave' || order.total.amountMinor === 0) return;
    if (this.mind.cardOnFile) this.bank.onFile.add(order.orderId);
    for (const deed of this.mind.deeds) {
      const payment = await this.pay(order, deed);
      if (!payment) return;
    }
  }

  private async hold(): Promise<HoldSeen | undefined> {
    const { evidence, world } = this.stage;
    const { eventId } = this.event;
    const request = { service: 'ticket-inventory', method: 'POST', path: '/holds' } as const;
    for (let attempt = 1; attempt <= 6; attempt++) {
      const body = { eventId, lines: this.mind.lines };
      const key = this.client.newKey();
      const answer = await this.client.insist<HoldSeen>({ ...request, body, key }, this.mind.impatient);
      if (!answer) return undefined;
      if (answer.status === 201) {
        const hold = answer.body;
        evidence.holds.set(hold.holdId, { who: this.who, hold });
        if (this.random.chance(0.2)) this.repeatLater({ ...request, body, key });
        if (this.random.chance(0.2)) await this.lookAt(hold);
        if (this.mind.tamperer)
          await this.clash({
            ...request,
            body: { eventId, lines: [{ ...this.mind.lines[0], quantity: 4 }] },
            key,
          });
        return hold;
      }
      world.around.tally(`hold refused: ${answer.body.code}`);
      // What is held may come back.
      await this.client.sleep(this.random.between([1_000, 20 * minute]));
    }
    return undefined;
  }

  private async lookAt({ holdId }: HoldSeen): Promise<void> {
    // Another process may read from a replica that lags: it need not know at once.
    await this.client.sleep(longestLag + 5_000);
    const found = await this.client.insist({
      service: 'ticket-inventory',
      method: 'GET',
      path: `/holds/${holdId}`,
    });
    if (found && found.status !== 200)
      this.stage.evidence.violated(`hold ${holdId} was acknowledged, now: ${JSON.stringify(found)}`);
  }

  private async release(hold: HoldSeen): Promise<void> {
    await this.client.sleep(this.random.between([0, 5_000]));
    await this.client.insist(
      { service: 'ticket-inventory', method: 'DELETE', path: `/holds/${hold.holdId}` },
      this.mind.impatient,
    );
  }

  private async order(hold: HoldSeen): Promise<OrderSeen | undefined> {
    await this.client.sleep(this.random.between([0, 30_000]));
    const request = {
      service: 'payment-processing',
      method: 'POST',
      path: '/orders',
      body: { holdToken: hold.token },
    } as const;
    const again = this.mind.secondTab
      ? this.client.insist<OrderSeen>({ ...request, key: this.client.newKey() })
      : undefined;
    const key = this.client.newKey();
    const answer = await this.client.insist<OrderSeen>({ ...request, key }, this.mind.impatient);
    const other = await again;
    if (answer?.status !== 201) {
      this.stage.world.around.tally(`order refused: ${answer?.body.code ?? 'no answer'}`);
      return undefined;
    }
    const order = answer.body;
    this.stage.evidence.orders.set(order.orderId, { who: this.who, order });
    if (other?.status === 201 && other.body.orderId !== order.orderId)
      this.stage.evidence.violated(`one hold, two orders: ${order.orderId} and ${other.body.orderId}`);
    if (this.random.chance(0.2)) this.repeatLater({ ...request, key });
    if (this.mind.tamperer) await this.useStolenToken(hold);
    return order;
  }

  private async pay(order: OrderSeen, deed: Deed): Promise<PaymentSeen | undefined> {
    const { world, evidence } = this.stage;
    const request = {
      service: 'payment-processing',
      method: 'POST',
      path: '/payments',
      body: { orderId: order.orderId, gateway: 'sandbox' },
    } as const;
    for (let attempt = 1; attempt <= 8; attempt++) {
      const key = this.client.newKey();
      const answer = await this.client.insist<PaymentSeen>({ ...request, key }, this.mind.impatient);
      if (!answer) return undefined;
      if (answer.status === 201) {
        const payment = answer.body;
        evidence.payments.set(payment.paymentId, { who: this.who, payment });
        if (this.random.chance(0.2)) this.repeatLater({ ...request, key });
        await this.atTheBank(payment, deed);
        return payment;
      }
      world.around.tally(`payment refused: ${answer.body.code}`);
      if (answer.body.code !== 'payment-under-way') return undefined;
      await this.client.sleep(this.random.between([5_000, 60_000]));
    }
    return undefined;
  }

  private async atTheBank({ paymentId, checkoutUrl }: PaymentSeen, deed: Deed): Promise<void> {
    const reference = checkoutUrl?.split('/').at(-1) ?? '';
    if (this.mind.tamperer && (await this.bank.forge(reference)) === 204)
      this.stage.evidence.violated(`a forged notice of ${reference} was taken`);
    await this.client.sleep(this.random.between(this.mind.dawdlesAtBank));
    this.bank.settle(reference, deed, this.mind.telling);
    if (this.mind.asks) {
      await this.client.sleep(this.random.between([0, 10_000]));
      await this.client.ask({
        service: 'payment-processing',
        method: 'POST',
        path: `/payments/${paymentId}/confirm`,
      });
    }
  }

  /** Hours later, the same request under the same key. */
  private repeatLater(request: Parameters<Client['ask']>[0]): void {
    this.stage.world.schedule.after(
      this.random.between([minute, 20 * 60 * minute]),
      () => void this.client.insist(request),
    );
  }

  private async clash(request: Parameters<Client['ask']>[0]): Promise<void> {
    const answer = await this.client.insist(request);
    if (answer && answer.status < 300)
      this.stage.evidence.violated(`a reused Idempotency-Key was served: ${request.path}`);
  }

  private async useStolenToken(hold: HoldSeen): Promise<void> {
    const thief = new Client(`${this.who}-thief`, 'buyer', this.stage, this.random);
    const request = {
      service: 'payment-processing',
      method: 'POST',
      path: '/orders',
      body: { holdToken: hold.token },
    } as const;
    const answer = await thief.insist({ ...request, key: thief.newKey() });
    if (answer && answer.status < 300)
      this.stage.evidence.violated(`a stolen hold token was served: ${hold.holdId}`);
  }
}
