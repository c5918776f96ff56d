import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { fromMilliseconds, type Chance, type Clock } from '../../kernel';

export const machineClock: Clock = {
  now: () => fromMilliseconds(Date.now()),
  sleep: (milliseconds) => wait(milliseconds),
};

export const machineChance: Chance = { bytes: (length) => new Uint8Array(randomBytes(length)) };
