import type { Random, Span } from './random';

/** What may go wrong, and how often: probabilities an occasion, spans in milliseconds. */
export interface Faults {
  /** Each way of each call: there, and back. */
  readonly latency: Span;
  /** A way that takes much longer. */
  readonly slow: number;
  readonly slowFor: Span;
  /** A process dies at a call: just before its effect, or just after. */
  readonly crash: number;
  readonly restartAfter: Span;
  /** A write that is never answered: it happened, did not, or happens later. */
  readonly outcomeUnknown: number;
  readonly silentFor: Span;
  /** 429 to a document operation. */
  readonly tooManyRequests: number;
  /** 449 to a document write, told as PreconditionFailed though nobody else wrote. */
  readonly retryWith: number;
  /** A conditional write with which a storm breaks out: for a while nearly each in its container is told the same. */
  readonly storm: number;
  readonly stormFor: Span;
  /** A document read that a replica answers which lags behind, by up to ten seconds. */
  readonly laggingRead: number;
  /** A statement whose transaction is chosen as the deadlock's victim (1205) and run again. */
  readonly deadlock: number;
  /** A database, vault, folder or mail provider that is not there for a moment: nothing happened. */
  readonly unavailable: number;
  /** From publishing to the first delivery. */
  readonly delivery: Span;
  readonly lateDelivery: number;
  readonly lateFor: Span;
  readonly duplicateDelivery: number;
  /** The bus has forgotten an id within its duplicate window. */
  readonly forgottenId: number;
  /** A publication that fails, with some of it published. */
  readonly halfPublished: number;
  /** The lock on a message ends while its handler is at work: another gets it too. */
  readonly lockLost: number;
  /** How far each process's clock is off, at most, either way; and a call at which it is set anew, perhaps back. */
  readonly clockSkew: number;
  readonly clockStep: number;
  /** A timer's run starts later than due, by up to this share of its period. */
  readonly timerJitter: number;
  /** A page of a change feed comes again, though it was taken. */
  readonly feedAgain: number;
  /** A request that never arrives, or whose answer does not. */
  readonly lostRequest: number;
  readonly lostAnswer: number;
}

const seconds = (low: number, high: number): Span => [low * 1000, high * 1000];

/** Calls take time, and nothing goes wrong. */
export const noFaults: Faults = {
  latency: [0, 4],
  slow: 0,
  slowFor: seconds(1, 20),
  crash: 0,
  restartAfter: seconds(1, 60),
  outcomeUnknown: 0,
  silentFor: seconds(1, 15),
  tooManyRequests: 0,
  retryWith: 0,
  storm: 0,
  stormFor: seconds(1, 20),
  laggingRead: 0,
  deadlock: 0,
  unavailable: 0,
  delivery: [1, 50],
  lateDelivery: 0,
  lateFor: seconds(1, 3600),
  duplicateDelivery: 0,
  forgottenId: 0,
  halfPublished: 0,
  lockLost: 0,
  clockSkew: 0,
  clockStep: 0,
  timerJitter: 0,
  feedAgain: 0,
  lostRequest: 0,
  lostAnswer: 0,
};

/** Calls answer at once and messages arrive at once: for contract suites, where only an explicit wait passes time. */
export const instantly: Faults = { ...noFaults, latency: [0, 0], delivery: [0, 0] };

const highest: Partial<Record<keyof Faults, number>> = {
  slow: 0.1,
  crash: 0.06,
  outcomeUnknown: 0.15,
  tooManyRequests: 0.1,
  retryWith: 0.05,
  storm: 0.05,
  laggingRead: 0.2,
  deadlock: 0.05,
  unavailable: 0.2,
  lateDelivery: 0.2,
  duplicateDelivery: 0.3,
  forgottenId: 0.5,
  halfPublished: 0.3,
  lockLost: 0.3,
  clockSkew: 15 * 60_000,
  clockStep: 0.01,
  timerJitter: 1,
  feedAgain: 0.2,
  lostRequest: 0.08,
  lostAnswer: 0.08,
};

/**
 * Swarm testing (Groce et al., ISSTA 2012): each seed draws which faults are on and how strong. A fault that is always
 * on hides what only happens without it.
 */
export function drawFaults(random: Random): Faults {
  const drawn: Record<string, number | Span> = {};
  for (const [name, most] of Object.entries(highest)) {
    // Squared: mostly mild, now and then fierce. Nothing gets done where everything fails.
    const strength = random.next() ** 2;
    if (random.chance(0.5)) drawn[name] = most * strength;
  }
  if (random.chance(0.3)) drawn['latency'] = [0, random.pick([20, 100, 500])];
  if (random.chance(0.3)) drawn['delivery'] = [0, random.pick([500, 5_000, 60_000])];
  drawn['lateFor'] = random.pick([seconds(1, 60), seconds(60, 3_600), seconds(3_600, 3 * 86_400)]);
  drawn['restartAfter'] = random.pick([seconds(0, 5), seconds(1, 60), seconds(30, 1_200)]);
  return { ...noFaults, ...drawn };
}
