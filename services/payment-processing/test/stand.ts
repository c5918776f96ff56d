import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fromMilliseconds, type Clock } from '@boxoffice/shared/kernel';
import type { Platform } from '@boxoffice/shared/platform';
import { embeddedPlatform } from '@boxoffice/shared/platform/embedded';
import { instantly, simulatedWorld } from '@boxoffice/shared/platform/simulated';
import { consoleTelemetry } from '@boxoffice/shared/telemetry';

/** What a shop stands on. */
export interface Stand {
  readonly platform: Platform;
  pass(milliseconds: number): Promise<void> | void;
  close(): Promise<void> | void;
}

export function simulatedStand(seed: string): Stand {
  const world = simulatedWorld({ seed, faults: instantly });
  world.schedule.runFreely();
  return {
    platform: world.process('payment-processing'),
    pass: (milliseconds) => world.schedule.pass(milliseconds),
    close: () => world.close(),
  };
}

/** The embedded SQL in a folder of its own. */
export function embeddedStand(): Stand {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'boxoffice-shop-'));
  let moved = 0;
  const clock: Clock = {
    now: () => fromMilliseconds(Date.now() + moved),
    sleep: (milliseconds) => wait(milliseconds),
  };
  const telemetry = consoleTelemetry({ clock, level: 'error', write: () => undefined });
  const platform = embeddedPlatform({ dataDir, telemetry, clock });
  return {
    platform,
    pass: (milliseconds) => void (moved += milliseconds),
    async close() {
      await platform.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
