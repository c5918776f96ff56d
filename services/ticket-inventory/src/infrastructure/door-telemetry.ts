import { Telemetry } from '@boxoffice/shared/telemetry';
import { inject, injectable } from 'tsyringe';
import type { DoorWatch } from '../core/ports';

@injectable()
export class DoorTelemetry implements DoorWatch {
  constructor(@inject(Telemetry) private readonly telemetry: Telemetry) {}

  committed(
    _eventId: string,
    { visitors, moves, rounds }: { visitors: number; moves: number; rounds: number },
  ): void {
    this.telemetry.count('stock.commits');
    this.telemetry.count('stock.moves', moves);
    this.telemetry.measure('stock.commit.visitors', visitors);
    if (rounds > 1) this.telemetry.count('stock.commit.retries', rounds - 1);
  }

  snapshotFailed(eventId: string, cause: unknown): void {
    this.telemetry.log.error('snapshot not taken, a later commit will try again', cause, { eventId });
  }
}
