import { createDispatcher } from '@boxoffice/shared/http';
import {
  orderFulfilled,
  paymentRefunded,
  ticketTransferred,
  waitingListOffered,
  type Envelope,
  type OrderFulfilled,
  type TicketTransferred,
  type WaitingListOffered,
} from '@boxoffice/shared/contracts';
import { noFaults, simulatedWorld, type Faults } from '@boxoffice/shared/platform/simulated';
import type { DependencyContainer } from 'tsyringe';
import { compose, Papers } from '../src/main';

/** Papers that cost nothing; the PDFs have specs of their own. */
const blankPapers = {
  enclose: async () => [{ name: 'tickets.pdf', contentType: 'application/pdf', bytes: Buffer.from('%PDF') }],
};

/** notification on a simulated platform. */
export async function openPostOffice(
  options: {
    faults?: Faults;
    seed?: number;
    retentionDays?: number;
    override?: (own: DependencyContainer) => void;
  } = {},
) {
  const world = simulatedWorld({ seed: options.seed ?? 1, faults: options.faults ?? noFaults });
  const platform = world.process('notification', false);
  const settings = {
    retentionDays: options.retentionDays ?? 90,
    seller: 'Konzerthaus Wien',
    locale: 'en-GB',
  };
  const service = compose(platform, settings, (own) => {
    own.registerInstance(Papers, blankPapers);
    options.override?.(own);
  });
  await world.schedule.until(platform.migrate(service));
  await world.schedule.until(platform.run(service));
  const dispatch = createDispatcher([service], {
    authenticate: (authorization) =>
      authorization === undefined
        ? undefined
        : { userId: authorization.replace('Bearer ', ''), name: '', email: '', roles: [] },
    telemetry: platform.telemetry,
    clock: platform.clock,
  });
  return {
    world,
    letters: () => [...world.stores.mailbox.sent.values()],
    mailbox: world.stores.mailbox,
    publish: (...envelopes: Envelope[]) => world.schedule.until(platform.bus.publish(envelopes)),
    pass: (seconds: number) => world.schedule.pass(seconds * 1000),
    async get(path: string, as = buyerId) {
      const headers = { authorization: `Bearer ${as}` };
      const reply = await world.schedule.until(
        dispatch({ method: 'GET', url: `/api/v1${path}`, headers, body: new Uint8Array() }),
      );
      return {
        status: reply.status,
        body: JSON.parse(Buffer.from(reply.body ?? '').toString()) as Record<string, unknown>,
      };
    },
    /** The notifications as they are stored, by the order of their last change. */
    async kept() {
      const container = world
        .process('auditor', false)
        .container('notification', { name: 'notifications', ttl: true });
      return (await world.schedule.until(container.changes(undefined, 100))).documents;
    },
    close: () => world.close(),
  };
}

export const buyerId = orderFulfilled.sample.userId;
const { fulfilledAt } = orderFulfilled.sample;

export const fulfilled = (change: Partial<OrderFulfilled> = {}, messageId = 'message-1'): Envelope => {
  const order = { ...orderFulfilled.sample, ...change };
  return orderFulfilled.announce(messageId, order.orderId, fulfilledAt, order);
};
export const refunded = (messageId = 'message-2'): Envelope =>
  paymentRefunded.announce(messageId, paymentRefunded.sample.orderId, fulfilledAt, paymentRefunded.sample);
export const transferred = (
  change: Partial<TicketTransferred> = {},
  messageId = 'message-transferred',
): Envelope => {
  const transfer = { ...ticketTransferred.sample, ...change };
  return ticketTransferred.announce(messageId, transfer.ticketId, transfer.transferredAt, transfer);
};
export const offered = (
  change: Partial<WaitingListOffered> = {},
  messageId = 'message-offered',
): Envelope => {
  const offer = { ...waitingListOffered.sample, ...change };
  return waitingListOffered.announce(messageId, offer.entryId, offer.offeredAt, offer);
};

/** All that a crowded cloud does at once. */
export const fierce: Faults = {
  ...noFaults,
  outcomeUnknown: 0.1,
  tooManyRequests: 0.1,
  retryWith: 0.2,
  laggingRead: 0.4,
  unavailable: 0.1,
  duplicateDelivery: 0.3,
  lockLost: 0.1,
  feedAgain: 0.3,
  clockSkew: 4000,
};

/** A post that fails so many times, then takes everything. */
export const failing = (times: number, error: Error) => {
  const tries: string[] = [];
  return {
    tries,
    send: async (id: string) => {
      tries.push(id);
      if (tries.length <= times) throw error;
      return { taken: true, providerId: 'p-1' };
    },
  };
};
