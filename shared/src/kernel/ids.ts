import type { Clock } from './clock';
import { toMilliseconds } from './instant';

/** Chance is handed in: the operating system's on azure and embedded, the seed's in a simulation. */
export interface Chance {
  /** `length` bytes nobody can guess (in a simulation: that the seed decides). */
  bytes(length: number): Uint8Array;
}
export const Chance = Symbol('Chance');

/** Ids are handed in. Each is new, and sorts after those made before it on this machine. */
export interface Ids {
  next(): string;
}
export const Ids = Symbol('Ids');

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'; // Crockford's base 32, lower case
export const idPattern = /^[0-9a-hjkmnp-tv-z]{26}$/;

/**
 * Ids as ULIDs in lower case: 10 characters of milliseconds, then 16 of chance; within one millisecond
 * the chance part counts up, so that order of making is order of sorting. Source: github.com/ulid/spec.
 */
export function ulids(clock: Clock, chance: Chance): Ids {
  let lastTime = -1;
  let random = new Uint8Array(16);
  return {
    next() {
      const time = Math.max(toMilliseconds(clock.now()), lastTime);
      if (time === lastTime) random = countUp(random);
      else random = chance.bytes(16).map((byte) => byte & 31);
      // Half of the space above the first draw of a millisecond stays free, so counting up can't run over.
      if (time !== lastTime) random[0] = (random[0] ?? 0) & 15;
      lastTime = time;
      return timePart(time) + Array.from(random, (five) => alphabet[five]).join('');
    },
  };
}

function timePart(milliseconds: number): string {
  let rest = milliseconds;
  let text = '';
  for (let place = 0; place < 10; place++) {
    text = (alphabet[rest % 32] ?? '0') + text;
    rest = Math.floor(rest / 32);
  }
  return text;
}

function countUp(digits: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const next = digits.slice();
  for (let place = next.length - 1; place >= 0; place--) {
    const digit = next[place] ?? 0;
    next[place] = (digit + 1) & 31;
    if (digit !== 31) break;
  }
  return next;
}
