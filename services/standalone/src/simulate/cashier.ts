import type { Money } from '@boxoffice/shared/kernel';
import type { Random } from '@boxoffice/shared/platform/simulated';
import { Client, type Stage } from './client';
import type { OrderSeen } from './evidence';

/** What somebody wants back who has paid. */
export const regrets = [
  'all',
  'all, before there are tickets',
  'a ticket',
  'a ticket',
  'each ticket at once',
  'an amount',
  'more than there is, in amounts at once',
  'a ticket for an amount',
  'a ticket, then the rest',
] as const;
export type Regret = (typeof regrets)[number];

interface OrderNow {
  readonly state: string;
  readonly paymentId?: string;
  readonly due: Money;
  readonly tickets: readonly { readonly ticketId: string }[];
}

interface Wanted {
  readonly ticketIds?: readonly string[];
  readonly amountMinor?: number;
}

interface Refunded {
  readonly refundId: string;
  readonly amount: Money;
}

const minute = 60_000;
const service = 'payment-processing';

/** One of an organiser's people, who gives money back to buyers that ask for it. */
export class Cashier {
  private readonly client: Client;

  constructor(
    private readonly stage: Stage,
    organizerId: string,
    private readonly random: Random,
  ) {
    this.client = new Client(organizerId, 'organizer', stage, random);
  }

  async give(buyer: Client, { orderId }: OrderSeen, regret: Regret): Promise<void> {
    const early = regret === 'all, before there are tickets';
    const order = await this.orderOnce(buyer, orderId, early ? ['paid', 'fulfilled'] : ['fulfilled']);
    if (order?.paymentId === undefined) return;
    const paymentId = order.paymentId;
    // The organiser's people may always, the buyer as long as there are no tickets.
    const who = early && this.random.chance(0.5) ? buyer : this.client;
    for (const step of this.steps(order, regret))
      await Promise.all(step.map((wanted) => this.refund(who, paymentId, wanted)));
  }

  /** One after another; those of one step at once. */
  private steps({ tickets, due }: OrderNow, regret: Regret): readonly (readonly Wanted[])[] {
    const ids = this.random.shuffled(tickets.map(({ ticketId }) => ticketId));
    const some = 1 + this.random.below(due.amountMinor);
    switch (regret) {
      case 'all':
      case 'all, before there are tickets':
        return [[{}]];
      case 'a ticket':
        return [[{ ticketIds: ids.slice(0, 1) }]];
      case 'each ticket at once':
        return [ids.map((id) => ({ ticketIds: [id] }))];
      case 'an amount':
        return [[{ amountMinor: some }]];
      case 'more than there is, in amounts at once': {
        const amountMinor = Math.ceil(due.amountMinor * 0.4);
        return [Array.from({ length: 4 }, () => ({ amountMinor }))];
      }
      case 'a ticket for an amount':
        return [[{ ticketIds: ids.slice(0, 1), amountMinor: some }]];
      case 'a ticket, then the rest':
        return [[{ ticketIds: ids.slice(0, 1) }], [{}]];
    }
  }

  private async refund(who: Client, paymentId: string, wanted: Wanted): Promise<void> {
    const { evidence, world } = this.stage;
    const answer = await who.insist<Refunded>(
      {
        ...{ service, method: 'POST', path: `/payments/${paymentId}/refund`, key: who.newKey() },
        body: { reason: 'buyer-asked', ...wanted },
      },
      this.random.chance(0.3),
    );
    if (answer?.status !== 202) {
      world.around.tally(`refund refused: ${answer?.body.code ?? 'no answer'}`);
      return;
    }
    const { refundId, amount } = answer.body;
    const atPriceOf = wanted.amountMinor === undefined ? wanted.ticketIds : undefined;
    evidence.refunds.set(refundId, { paymentId, amount, atPriceOf });
  }

  private async orderOnce(
    buyer: Client,
    orderId: string,
    states: readonly string[],
  ): Promise<OrderNow | undefined> {
    for (let attempt = 1; attempt <= 6; attempt++) {
      await buyer.sleep(this.random.between([0, attempt * 20 * minute]));
      const answer = await buyer.insist<OrderNow>({ service, method: 'GET', path: `/orders/${orderId}` });
      if (answer && states.includes(answer.body.state)) return answer.body;
    }
    return undefined;
  }
}
