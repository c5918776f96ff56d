import { ticketTransferred, type TicketTransferred } from '@boxoffice/shared/contracts';
import type { SimulatedWorld } from '@boxoffice/shared/platform/simulated';
import { publicKeyFrom, verifyTicketCode } from '@boxoffice/shared/tokens';
import { ticketsOf, voidTickets, type Books } from './books';
import { Client, type Stage } from './client';

/** Who has got which ticket, by what was announced. */
export class TicketWatch {
  /** By ticket, in the order of their codes. */
  readonly transfers = new Map<string, TicketTransferred[]>();

  constructor(world: SimulatedWorld) {
    world.stores.bus.whenAccepted((envelope) => {
      if (!ticketTransferred.is(envelope)) return;
      const transfer = ticketTransferred.read(envelope);
      const before = this.transfers.get(transfer.ticketId) ?? [];
      if (before.some((one) => one.issue === transfer.issue)) return; // the bus had forgotten it
      const all = [...before, transfer].sort((a, b) => a.issue - b.issue);
      this.transfers.set(transfer.ticketId, all);
    });
  }
}

interface InWallet {
  readonly state: string;
  readonly code?: string;
}

/** The last holder of each ticket has the code that admits, unless it was given back; those before have none; and a gift that was acknowledged was given. */
export async function checkTickets(stage: Stage, watch: TicketWatch, books: Books): Promise<void> {
  const { evidence } = stage;
  const keys = await keysOf(stage);
  const gone = voidTickets(books);
  for (const order of books.orders) {
    for (const { ticketId } of ticketsOf(order)) {
      const transfers = watch.transfers.get(ticketId) ?? [];
      const holders = [order.userId, ...transfers.map(({ to }) => to.name)];
      for (const [at, who] of holders.entries()) {
        const isLast = at === holders.length - 1;
        const found = await inWalletOf(stage, who, ticketId);
        if (found?.state !== (isLast ? (gone.has(ticketId) ? 'void' : 'valid') : 'transferred'))
          evidence.violated(`ticket ${ticketId} is ${found?.state} in the wallet of ${who}`);
        const verdict = found?.code === undefined ? undefined : verifyTicketCode(found.code, keys);
        const issue = verdict?.valid ? verdict.ticket.issue : undefined;
        if (issue !== (isLast && !gone.has(ticketId) ? at + 1 : undefined))
          evidence.violated(`${who} has a code of ticket ${ticketId}: ${JSON.stringify(verdict)}`);
      }
    }
  }
  for (const { ticketId, from, to } of evidence.gifts) {
    const given = watch.transfers.get(ticketId) ?? [];
    if (!given.some((one) => one.from.userId === from && one.to.name === to))
      evidence.violated(`ticket ${ticketId} was passed on by ${from} to ${to}, and nothing came of it`);
  }
}

async function inWalletOf(stage: Stage, who: string, ticketId: string): Promise<InWallet | undefined> {
  const client = new Client(who, 'buyer', stage, stage.world.random(`wallet of ${who}`));
  const path = `/tickets/${ticketId}`;
  const answer = await client.insist<InWallet>({ service: 'ticket-inventory', method: 'GET', path });
  return answer?.status === 200 ? answer.body : undefined;
}

async function keysOf(stage: Stage): Promise<Parameters<typeof verifyTicketCode>[1]> {
  const scanner = new Client('scanner', 'buyer', stage, stage.world.random('scanner'));
  const answer = await scanner.insist<{ keys: readonly { kid: string; x: string }[] }>({
    service: 'ticket-inventory',
    method: 'GET',
    path: '/ticket-keys',
  });
  const keys = new Map(answer?.body.keys.map(({ kid, x }) => [kid, publicKeyFrom(x)]));
  return (keyId) => keys.get(keyId);
}
