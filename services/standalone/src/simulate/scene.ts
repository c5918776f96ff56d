import {
  eventCancelled,
  eventPublished,
  paymentRefunded,
  type EventPublished,
} from '@boxoffice/shared/contracts';
import type { Process, Random, SimulatedWorld } from '@boxoffice/shared/platform/simulated';
import { Bank } from './bank';
import { counterOf } from './bank-counter';
import type { Bug } from './bug';
import type { Tills } from './payer';
import { StockWatch } from './check-stock';
import { TicketWatch } from './check-tickets';
import type { Stage } from './client';
import type { Outside } from './composers';
import { Evidence } from './evidence';
import { Giro } from './giro';
import { House } from './house';
import { drawSeason, type Season } from './season';
import { Treasurer } from './treasurer';

/** All that one run is made of. */
export interface Scene {
  readonly stage: Stage;
  readonly season: Season;
  readonly tills: Tills;
  readonly treasurer: Treasurer;
  readonly watch: StockWatch;
  readonly tickets: TicketWatch;
  /** Decides what the people in it do. */
  readonly draw: Random;
}

export function setScene(world: SimulatedWorld, draw: Random, bug: Bug | undefined): Scene {
  const season = drawSeason(world.random('season'));
  const tills: Tills = { banks: openBanks(world, draw, season), giro: new Giro(world) };
  const outside = (process: Process): Outside => ({
    gateways: tills.banks.map((bank) => counterOf(bank, process)),
    preferences: [{ method: 'bank-transfer', gateways: ['bank-transfer'] }, { gateways: season.banks }],
  });
  const house = new House(world, outside, bug, {
    'event-management': draw.between([1, 2]),
    'ticket-inventory': draw.between([1, 3]),
    'payment-processing': draw.between([1, 3]),
    notification: draw.between([1, 2]),
  });
  for (const { name, notices } of tills.banks)
    notices.post = async (body, headers) => {
      const url = `/api/v1/payments/webhook/${name}`;
      return (await house.ask('payment-processing', { method: 'POST', url, headers, body }))?.status;
    };
  const stage: Stage = { world, house, evidence: new Evidence() };
  listen(stage, tills);
  return {
    ...{ stage, season, tills, draw },
    treasurer: new Treasurer(stage, tills.giro, world.random('treasurer')),
    watch: new StockWatch(world, stage.evidence),
    tickets: new TicketWatch(world),
  };
}

function openBanks(world: SimulatedWorld, draw: Random, { banks }: Season): readonly Bank[] {
  const habits = {
    slowRefunds: draw.pick([0, 0.5]),
    failedRefunds: draw.pick([0, 0.3]),
    changesOfMind: draw.pick([0, 0.5]),
    refusals: banks.length > 1 ? draw.pick([0, 0.4]) : 0,
  };
  return banks.map((name) => new Bank(name, world, world.random(`bank ${name}`), habits));
}

/** What is announced must be so. */
function listen({ world, evidence }: Stage, tills: Tills): void {
  world.stores.bus.whenAccepted((envelope) => {
    if (eventPublished.is(envelope)) evidence.events.set(envelope.subject, envelope.data as EventPublished);
    if (eventCancelled.is(envelope)) evidence.cancelled.add(envelope.subject);
    if (!paymentRefunded.is(envelope)) return;
    const { refundId } = paymentRefunded.read(envelope);
    const isDone =
      tills.banks.some(({ refunds }) => refunds.get(refundId)?.outcome.is === 'succeeded') ||
      tills.giro.sent.has(refundId) ||
      evidence.byHand.has(refundId);
    if (!isDone) evidence.violated(`refund ${refundId} was told to be done, and nobody has done it`);
  });
}
