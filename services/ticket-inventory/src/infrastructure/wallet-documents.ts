import { batchLimits, type Container } from '@boxoffice/shared/documents';
import { inject, injectable } from 'tsyringe';
import type { OwnedTicket, Wallets } from '../core/ports';
import { WalletsContainer } from './containers';

/** A buyer's partition: one document a ticket, its id the ticket's. */
@injectable()
export class WalletDocuments implements Wallets {
  constructor(@inject(WalletsContainer) private readonly container: Container) {}

  async put(tickets: readonly OwnedTicket[]): Promise<void> {
    const byBuyer = Map.groupBy(tickets, (ticket) => ticket.userId);
    for (const [userId, own] of byBuyer) {
      for (let i = 0; i < own.length; i += batchLimits.operations) {
        const batch = own.slice(i, i + batchLimits.operations);
        await this.container.write(
          userId,
          batch.map((ticket) => ({ kind: 'upsert', id: ticket.ticketId, body: ticket }) as const),
        );
      }
    }
  }

  async list(
    userId: string,
    { after, limit }: { readonly after?: string | undefined; readonly limit: number },
  ): Promise<readonly OwnedTicket[]> {
    const from = after === undefined ? {} : { from: `${after}!` }; // what follows an id in an id comes after `!`
    const stored = await this.container.list<OwnedTicket>(userId, { ...from, limit });
    return stored.map(({ body }) => body);
  }

  async find(userId: string, ticketId: string): Promise<OwnedTicket | undefined> {
    return (await this.container.read<OwnedTicket>(userId, ticketId))?.body;
  }
}
