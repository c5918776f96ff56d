import type { EventPublished } from '@boxoffice/shared/contracts';
import { longestLag, type Random } from '@boxoffice/shared/platform/simulated';
import { Cashier } from './cashier';
import { Client, type Stage } from './client';
import type { HoldSeen, OrderSeen } from './evidence';
import { Giver } from './giver';
import type { Mind } from './mind';
import { Payer, repeatLater, type Tills } from './payer';
import { faultsOfGift } from './wish';

const minute = 60_000;

/** One person who wants tickets. Resolves when they are done, or have given up. */
export class Buyer {
  private readonly client: Client;

  constructor(
    private readonly who: string,
    private readonly stage: Stage,
    private readonly tills: Tills,
    private readonly random: Random,
    private readonly event: EventPublished,
    private readonly mind: Mind,
  ) {
    this.client = new Client(who, 'buyer', stage, random);
  }

  async buy(): Promise<void> {
    const held = await this.hold();
    if (!held) return;
    const hold = await this.extend(held);
    if (this.mind.afterHold === 'leave') return;
    if (this.mind.afterHold === 'release') return this.release(hold);
    const order = await this.order(hold);
    if (!order) return;
    if (this.mind.afterOrder === 'release') return this.release(hold);
    if (this.mind.afterOrder === 'leave' || order.due.amountMinor === 0) return;
    if (!(await new Payer(this.client, this.stage, this.tills, this.random, this.mind).pay(order))) return;
    const { friends, regret } = this.mind;
    if (friends > 0) await new Giver(this.stage, this.random).give(this.client, order, friends);
    if (regret !== undefined)
      await new Cashier(this.stage, this.event.organizerId, this.random).give(this.client, order, regret);
  }

  private async hold(): Promise<HoldSeen | undefined> {
    const { evidence, world } = this.stage;
    const { eventId } = this.event;
    const request = { service: 'ticket-inventory', method: 'POST', path: '/holds' } as const;
    for (let attempt = 1; attempt <= 6; attempt++) {
      const { wish } = this.mind;
      const body = { eventId, ...wish };
      const key = this.client.newKey();
      const answer = await this.client.insist<HoldSeen>({ ...request, body, key }, this.mind.impatient);
      if (!answer) return undefined;
      if (answer.status === 201) {
        const hold = answer.body;
        evidence.holds.set(hold.holdId, { who: this.who, hold });
        for (const fault of faultsOfGift(wish, hold.lines, this.event))
          evidence.violated(`hold ${hold.holdId} of ${this.who}: ${fault}`);
        if (this.random.chance(0.2))
          repeatLater(this.stage, this.client, this.random, { ...request, body, key });
        if (this.random.chance(0.2)) await this.lookAt(hold);
        if (this.mind.tamperer)
          await this.clash({
            ...request,
            body: { eventId, lines: [{ ticketTypeId: wish.lines[0]?.ticketTypeId, quantity: 4 }] },
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

  private async extend(held: HoldSeen): Promise<HoldSeen> {
    const { evidence, world } = this.stage;
    let hold = held;
    for (let times = 0; times < this.mind.extends; times++) {
      await this.client.sleep(this.random.between([0, 3 * minute]));
      const path = `/holds/${hold.holdId}/extend`;
      const answer = await this.client.insist<HoldSeen>(
        { service: 'ticket-inventory', method: 'POST', path, key: this.client.newKey() },
        this.mind.impatient,
      );
      if (answer?.status !== 200) {
        world.around.tally(`extension refused: ${answer?.body.code ?? 'no answer'}`);
        break;
      }
      if (answer.body.expiresAt < hold.expiresAt)
        evidence.violated(`hold ${hold.holdId} was extended back to ${answer.body.expiresAt}`);
      hold = answer.body;
      world.around.tally('holds extended');
    }
    return hold;
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
      body: { holdToken: hold.token, ...this.purse() },
    } as const;
    const again = this.mind.secondTab
      ? this.client.insist<OrderSeen>({ ...request, key: this.client.newKey() })
      : undefined;
    let wanted = { ...request, key: this.client.newKey() };
    let answer = await this.client.insist<OrderSeen>(wanted, this.mind.impatient);
    const other = await again;
    if (answer?.body.code === 'purchase-refused') {
      // Others have used the code, or spent the card: then without.
      this.stage.world.around.tally('codes or cards refused');
      wanted = { ...request, body: { holdToken: hold.token }, key: this.client.newKey() };
      answer = await this.client.insist<OrderSeen>(wanted, this.mind.impatient);
    }
    if (answer?.status !== 201) {
      this.stage.world.around.tally(`order refused: ${answer?.body.code ?? 'no answer'}`);
      return undefined;
    }
    const order = answer.body;
    this.stage.evidence.orders.set(order.orderId, { who: this.who, order });
    if (other?.status === 201 && other.body.orderId !== order.orderId)
      this.stage.evidence.violated(`one hold, two orders: ${order.orderId} and ${other.body.orderId}`);
    if (this.random.chance(0.2)) repeatLater(this.stage, this.client, this.random, wanted);
    if (this.mind.tamperer) await this.useStolenToken(hold);
    return order;
  }

  /** What they name to pay less. */
  private purse(): { readonly codes?: readonly string[]; readonly giftCards?: readonly string[] } {
    const { codes, giftCards } = this.mind;
    const known = [...this.stage.evidence.giftCards.values()].filter(
      ({ organizerId }) => organizerId === this.event.organizerId,
    );
    const cards = this.random.shuffled(known).slice(0, giftCards);
    return {
      ...(codes.length === 0 ? {} : { codes }),
      ...(cards.length === 0 ? {} : { giftCards: cards.map(({ code }) => code) }),
    };
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
