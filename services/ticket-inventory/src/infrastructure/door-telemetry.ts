import { Telemetry, type Facts } from '@boxoffice/shared/telemetry';
import { inject, injectable } from 'tsyringe';
import type { Move } from '../core/move';
import type { DoorWatch } from '../core/ports';

@injectable()
export class DoorTelemetry implements DoorWatch {
  // The same facts each time: telemetry finds a counter by them faster.
  private readonly facts = new Map<Move['kind'], Facts>();

  constructor(@inject(Telemetry) private readonly telemetry: Telemetry) {}

  committed(
    _eventId: string,
    { visitors, moves, rounds }: { visitors: number; moves: readonly Move[]; rounds: number },
  ): void {
    this.telemetry.count('stock.commits');
    for (const [kind, count] of talliesOf(moves))
      this.telemetry.count('stock.moves', count, this.factsOf(kind));
    this.telemetry.measure('stock.commit.visitors', visitors);
    if (rounds > 1) this.telemetry.count('stock.commit.retries', rounds - 1);
  }

  snapshotFailed(eventId: string, cause: unknown): void {
    this.telemetry.log.error('snapshot not taken, a later commit will try again', cause, { eventId });
  }

  private factsOf(kind: Move['kind']): Facts {
    const facts = this.facts.get(kind) ?? { kind };
    this.facts.set(kind, facts);
    return facts;
  }
}

function talliesOf(moves: readonly Move[]): ReadonlyMap<Move['kind'], number> {
  const tallies = new Map<Move['kind'], number>();
  for (const { kind } of moves) tallies.set(kind, (tallies.get(kind) ?? 0) + 1);
  return tallies;
}
