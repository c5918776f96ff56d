import { describe, expect, it } from '@jest/globals';
import type { Database } from '../sql';
import type { Telemetry } from '../telemetry';
import type { Bus } from './bus';
import { Relay } from './outbox';
import type { MessagingTables } from './tables';

/** A database that can't be reached, which is all that these tests ask of one. */
const unreachable = {
  get query(): never {
    throw new Error('no connection');
  },
} as unknown as Database<MessagingTables>;

describe('a relay that is kicked', () => {
  it('keeps its trouble to itself: the request that kicked it is answered, the log is told', async () => {
    const told: unknown[] = [];
    const telemetry = {
      log: { error: (message: string, error: Error) => told.push([message, error.message]) },
    } as unknown as Telemetry;
    const relay = new Relay(unreachable, {} as Bus, telemetry);
    expect(() => relay.kick()).not.toThrow();
    await expect(relay.drain()).rejects.toThrow('no connection');
    expect(told).toEqual([['outbox not relayed, the timer will try again', 'no connection']]);
    await expect(relay.drain()).rejects.toThrow('no connection');
  });
});
