import { Telemetry } from '@boxoffice/shared/telemetry';
import { inject, injectable } from 'tsyringe';
import type { ListenerTally } from '../core/ports';

/** Those who joined less those who left are those who listen. */
@injectable()
export class ListenerTelemetry implements ListenerTally {
  constructor(@inject(Telemetry) private readonly telemetry: Telemetry) {}

  joined(): void {
    this.telemetry.count('availability.listeners.joined');
  }

  left(): void {
    this.telemetry.count('availability.listeners.left');
  }

  told(listeners: number): void {
    this.telemetry.measure('availability.told.listeners', listeners);
  }

  lookFailed(eventId: string, cause: unknown): void {
    this.telemetry.log.error('availability not seen, listeners wait for the next look', cause, { eventId });
  }
}
