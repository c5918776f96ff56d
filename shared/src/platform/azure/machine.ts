import { randomBytes } from 'node:crypto';
import { fromMilliseconds, type Chance, type Clock } from '../../kernel';

/** The machine's own time. */
export const machineClock: Clock = {
  now: () => fromMilliseconds(Date.now()),
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
};

/** The operating system's chance. */
export const machineChance: Chance = { bytes: (length) => new Uint8Array(randomBytes(length)) };
