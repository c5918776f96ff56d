import type { Envelope } from '../contracts';
import { toMilliseconds } from '../kernel';
import type { Telemetry } from '../telemetry';

/**
 * How old a fact is as it is delivered, in seconds since it became one: its time in the outbox, on the way and in earlier
 * deliveries. Measured with each, so that one which fails again and again is seen to age. `now` in milliseconds.
 */
export function measureAge({ type, time }: Envelope, telemetry: Telemetry, now: number): void {
  telemetry.measure('messages.age', Math.max(0, now - toMilliseconds(time)) / 1000, { type });
}
