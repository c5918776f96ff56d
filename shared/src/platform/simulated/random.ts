/** Chance that the seed decides: the same seed and name give the same numbers, on every machine. */
export interface Random {
  /** 0 ≤ number < 1. */
  next(): number;
  /** Whole, 0 ≤ number < bound. */
  below(bound: number): number;
  /** Whole, both ends included. */
  between(span: Span): number;
  /** True that often: 0 never, 1 always. */
  chance(probability: number): boolean;
  pick<T>(items: readonly [T, ...T[]]): T;
  shuffled<T>(items: readonly T[]): T[];
  bytes(length: number): Uint8Array;
  /** A stream of its own, so that more draws here do not change what is drawn there. */
  stream(name: string): Random;
}

/** Lowest and highest, both included. */
export type Span = readonly [low: number, high: number];

/** SFC32 by Chris Doty-Humphrey (PractRand), seeded from a text: small, fast, and its integer steps replay anywhere. */
export function seeded(seed: number | string): Random {
  const text = String(seed);
  let [a, b, c, counter] = [mix(text, 1), mix(text, 2), mix(text, 3), 1];
  const draw = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  for (let round = 0; round < 12; round++) draw();

  const random: Random = {
    next: () => draw() / 4_294_967_296,
    below: (bound) => Math.floor(random.next() * bound),
    between: ([low, high]) => low + random.below(high - low + 1),
    chance: (probability) => probability > 0 && (probability >= 1 || random.next() < probability),
    pick: (items) => items[random.below(items.length)] ?? items[0],
    shuffled: (items) => {
      const order = [...items];
      for (let last = order.length - 1; last > 0; last--) {
        const other = random.below(last + 1);
        [order[last], order[other]] = [
          order[other] as (typeof order)[number],
          order[last] as (typeof order)[number],
        ];
      }
      return order;
    },
    bytes: (length) => Uint8Array.from({ length }, () => draw() >>> 24),
    stream: (name) => seeded(`${text}/${name}`),
  };
  return random;
}

/** 32 bits of a text (FNV-1a, then a final avalanche). */
function mix(text: string, salt: number): number {
  let hash = 2_166_136_261 ^ salt;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 16_777_619);
  hash = Math.imul(hash ^ (hash >>> 16), 2_246_822_507);
  hash = Math.imul(hash ^ (hash >>> 13), 3_266_489_909);
  return (hash ^ (hash >>> 16)) | 0;
}
