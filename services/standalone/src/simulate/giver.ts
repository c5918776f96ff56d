import type { Random } from '@boxoffice/shared/platform/simulated';
import { Client, type Stage } from './client';
import type { OrderSeen } from './evidence';

const minute = 60_000;

interface Fulfilled {
  readonly state: string;
  readonly tickets: readonly { readonly ticketId: string }[];
}

/** Gives a ticket of an order away once it is there: to several friends at the same time, of whom one may get it. */
export class Giver {
  constructor(
    private readonly stage: Stage,
    private readonly random: Random,
  ) {}

  async give(from: Client, { orderId }: OrderSeen, friends: number): Promise<void> {
    const ticketId = await this.ticketOf(from, orderId);
    if (ticketId === undefined) return;
    const names = Array.from({ length: friends }, (_, at) => `${from.who}-friend-${at + 1}`);
    const took = (await Promise.all(names.map((to) => this.passOn(from, ticketId, to)))).filter(
      (to) => to !== undefined,
    );
    if (took.length > 1) this.stage.evidence.violated(`${took.join(' and ')} both got ticket ${ticketId}`);
    const [friend] = took;
    if (friend === undefined || !this.random.chance(0.4)) return;
    await from.sleep(this.random.between([0, 60 * minute]));
    await this.passOn(new Client(friend, 'buyer', this.stage, this.random), ticketId, `${friend}-friend`);
  }

  private async ticketOf(from: Client, orderId: string): Promise<string | undefined> {
    for (let attempt = 1; attempt <= 6; attempt++) {
      await from.sleep(this.random.between([0, 60 * minute]));
      const request = { service: 'payment-processing', method: 'GET', path: `/orders/${orderId}` } as const;
      const answer = await from.insist<Fulfilled>(request);
      if (answer?.body.state === 'fulfilled') return answer.body.tickets[0]?.ticketId;
    }
    return undefined;
  }

  /** Who has it then; undefined: it was not passed on, or nobody knows. */
  private async passOn(from: Client, ticketId: string, to: string): Promise<string | undefined> {
    const { evidence, world } = this.stage;
    const key = from.newKey();
    const body = { to: { name: to, email: `${to}@example.org` } };
    const path = `/tickets/${ticketId}/transfer`;
    for (let attempt = 1; attempt <= 4; attempt++) {
      const answer = await from.insist(
        { service: 'ticket-inventory', method: 'POST', path, body, key },
        this.random.chance(0.25),
      );
      if (answer?.status === 200) {
        world.around.tally('tickets passed on');
        evidence.gifts.push({ ticketId, from: from.who, to });
        return to;
      }
      world.around.tally(`transfer refused: ${answer?.body.code ?? 'no answer'}`);
      // The wallet may have the ticket in a moment.
      await from.sleep(this.random.between([0, 10 * minute]));
    }
    return undefined;
  }
}
