import { delivery } from '../../../contracts';

/** How the queue behaves in time; what the contract suite turns down so that ten deliveries take no minutes. */
export interface BusTuning {
  /** Messages that one consumer handles at once. */
  readonly concurrency: number;
  readonly lockMilliseconds: number;
  /** Waited after the first failure; twice as long after each further one. */
  readonly firstRetryMilliseconds: number;
  readonly longestRetryMilliseconds: number;
}

/** Ten deliveries are spread over about four minutes: a short outage costs no message. */
export const defaultTuning: BusTuning = {
  concurrency: 32,
  lockMilliseconds: delivery.lockSeconds * 1000,
  firstRetryMilliseconds: 1000,
  longestRetryMilliseconds: 60_000,
};

export const retryDelay = (tuning: BusTuning, count: number): number =>
  Math.min(tuning.firstRetryMilliseconds * 2 ** (count - 1), tuning.longestRetryMilliseconds);
