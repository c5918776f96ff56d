import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { fromMilliseconds, type Chance, type Clock } from '../kernel';

/** The machine's own time. */
export const machineClock: Clock = {
  now: () => fromMilliseconds(Date.now()),
  sleep: (milliseconds) => wait(milliseconds),
};

/** The operating system's chance. */
export const machineChance: Chance = { bytes: (length) => new Uint8Array(randomBytes(length)) };
