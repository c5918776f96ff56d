import { batchLimits, isDocumentFault, type Container } from '@boxoffice/shared/documents';
import { inject, injectable } from 'tsyringe';
import { hash } from 'node:crypto';
import type { Owner } from '../core/note';
import type { OwnedTicket, Wallets } from '../core/ports';
import { WalletsContainer } from './containers';

/** An owner's partition: one document a ticket, its id the ticket's. */
@injectable()
export class WalletDocuments implements Wallets {
  constructor(@inject(WalletsContainer) private readonly container: Container) {}

  async put(tickets: readonly OwnedTicket[]): Promise<void> {
    const byOwner = Map.groupBy(tickets, (ticket) => partitionOf(ticket.owner));
    for (const [partition, own] of byOwner) {
      for (let i = 0; i < own.length; i += batchLimits.operations)
        await this.putBatch(partition, own.slice(i, i + batchLimits.operations));
    }
  }

  async list(
    owners: readonly Owner[],
    { after, limit }: { readonly after?: string | undefined; readonly limit: number },
  ): Promise<readonly OwnedTicket[]> {
    const from = after === undefined ? {} : { from: `${after}!` }; // what follows an id in an id comes after `!`
    const stored = await Promise.all(
      owners.map((owner) => this.container.list<OwnedTicket>(partitionOf(owner), { ...from, limit })),
    );
    const latest = new Map<string, OwnedTicket>();
    for (const { body } of stored.flat()) {
      const known = latest.get(body.ticketId);
      if (!known || isNewer(body, known)) latest.set(body.ticketId, body);
    }
    return [...latest.values()].sort((a, b) => (a.ticketId < b.ticketId ? -1 : 1)).slice(0, limit);
  }

  async find(owners: readonly Owner[], ticketId: string): Promise<OwnedTicket | undefined> {
    const stored = await Promise.all(
      owners.map((owner) => this.container.read<OwnedTicket>(partitionOf(owner), ticketId)),
    );
    return stored
      .flatMap((each) => (each ? [each.body] : []))
      .reduce<OwnedTicket | undefined>(
        (best, each) => (best && !isNewer(each, best) ? best : each),
        undefined,
      );
  }

  private async putBatch(partition: string, tickets: readonly OwnedTicket[]): Promise<void> {
    try {
      await this.container.write(
        partition,
        tickets.map((ticket) => ({ kind: 'create', id: ticket.ticketId, body: ticket }) as const),
      );
    } catch (error) {
      if (!isDocumentFault(error, 'Conflict')) throw error;
      for (const ticket of tickets) await this.putOne(partition, ticket);
    }
  }

  /** Told again, or late: what is newer stays. */
  private async putOne(partition: string, ticket: OwnedTicket): Promise<void> {
    for (;;) {
      const known = await this.container.read<OwnedTicket>(partition, ticket.ticketId);
      if (known && !isNewer(ticket, known.body)) return;
      const write = { id: ticket.ticketId, body: ticket };
      try {
        await this.container.write(partition, [
          known ? { kind: 'replace', ...write, ifMatch: known.etag } : { kind: 'create', ...write },
        ]);
        return;
      } catch (error) {
        if (!isDocumentFault(error, 'Conflict', 'PreconditionFailed', 'NotFound')) throw error;
      }
    }
  }
}

/** A user's id has no blank, so the two kinds can't be taken for each other. An address is not spelt out in a key. */
const partitionOf = (owner: Owner): string =>
  'userId' in owner
    ? owner.userId
    : `mail ${hash('sha256', owner.email.trim().toLowerCase(), 'base64url').slice(0, 22)}`;

const ranks = { valid: 0, transferred: 1, void: 2 } as const;
const isNewer = (one: OwnedTicket, other: OwnedTicket): boolean =>
  one.issue > other.issue || (one.issue === other.issue && ranks[one.state] > ranks[other.state]);
