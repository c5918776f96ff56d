import {
  BrokenCircuitError,
  BulkheadRejectedError,
  ConsecutiveBreaker,
  ExponentialBackoff,
  TaskCancelledError,
  TimeoutStrategy,
  bulkhead,
  circuitBreaker,
  decorrelatedJitterGenerator,
  handleWhen,
  retry,
  timeout,
  wrap,
} from 'cockatiel';
import type { Telemetry } from '../telemetry';
import { Unavailable } from './unavailable';

export interface PolicySettings {
  /** The dependency, as the operator knows it: `stripe`, `communication-services`. */
  readonly name: string;
  /** For one attempt; then its `signal` aborts and it is not waited for. */
  readonly timeoutMilliseconds: number;
  /** Attempts after the first; 0 where not given. More than 0 only for what may be done twice. */
  readonly retries?: number;
  /** Between the first two attempts about, and between any two at most; 100 and 5000 where not given. */
  readonly delayMilliseconds?: { readonly first: number; readonly most: number };
  /** After so many failures in a row it is left alone for so long, then tried with one call; 5 and 10 s where not given. */
  readonly breaker?: { readonly failures: number; readonly restMilliseconds: number };
  /** Calls under way at most, and calls that wait for their turn at most; 32 and 256 where not given. */
  readonly bulkhead?: { readonly atOnce: number; readonly waiting: number };
  /** Whether an error is the dependency's failure, and worth another attempt; all but refusals of the caller's own, mostly. */
  readonly isTransient: (error: unknown) => boolean;
}

export interface Policy {
  /** Rejects with what the last attempt threw, or with Unavailable. */
  run<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T>;
}

/**
 * How one dependency is called over the network: each attempt in time, a few attempts, not too many at once, and none
 * while it is down. Make one policy a dependency and keep it: what it knows of failures is in it. For adapters alone: its
 * timers are the machine's, which no simulation can turn.
 */
export function policy(settings: PolicySettings, telemetry: Telemetry): Policy {
  const { name: dependency, isTransient } = settings;
  const delay = settings.delayMilliseconds ?? { first: 100, most: 5000 };
  const breaker = settings.breaker ?? { failures: 5, restMilliseconds: 10_000 };
  const { atOnce, waiting } = settings.bulkhead ?? { atOnce: 32, waiting: 256 };

  // What the policy itself refused is no failure of the dependency, and asking again at once would not change it.
  const isFailure = (error: unknown): boolean =>
    error instanceof TaskCancelledError || (!isOwnRefusal(error) && isTransient(error));
  const failures = handleWhen(isFailure);
  const retrying = retry(failures, {
    maxAttempts: settings.retries ?? 0,
    backoff: new ExponentialBackoff({
      generator: decorrelatedJitterGenerator,
      initialDelay: delay.first,
      maxDelay: delay.most,
    }),
  });
  const breaking = circuitBreaker(failures, {
    breaker: new ConsecutiveBreaker(breaker.failures),
    halfOpenAfter: breaker.restMilliseconds,
  });
  const timing = timeout(settings.timeoutMilliseconds, {
    strategy: TimeoutStrategy.Aggressive,
    abortOnReturn: false,
  });

  retrying.onRetry(({ attempt }) => telemetry.count('dependency.retries', 1, { dependency, attempt }));
  timing.onTimeout(() => telemetry.count('dependency.timeouts', 1, { dependency }));
  breaking.onBreak(() =>
    telemetry.log.warn('dependency failing, left alone', {
      dependency,
      restMilliseconds: breaker.restMilliseconds,
    }),
  );
  breaking.onReset(() => telemetry.log.info('dependency answers again', { dependency }));

  const attempt = wrap(retrying, breaking, timing);
  const whole = wrap(bulkhead(atOnce, waiting), attempt);
  return {
    async run(work) {
      try {
        return await whole.execute(({ signal }) => work(signal));
      } catch (error) {
        const given = unavailable(dependency, error);
        telemetry.count('dependency.failures', 1, {
          dependency,
          reason: given instanceof Unavailable ? given.reason : 'failed',
        });
        throw given;
      }
    },
  };
}

const isOwnRefusal = (error: unknown): boolean =>
  error instanceof BrokenCircuitError || error instanceof BulkheadRejectedError;

function unavailable(dependency: string, error: unknown): unknown {
  if (error instanceof TaskCancelledError) return new Unavailable(dependency, 'timed-out', { cause: error });
  if (error instanceof BrokenCircuitError) return new Unavailable(dependency, 'resting', { cause: error });
  if (error instanceof BulkheadRejectedError) return new Unavailable(dependency, 'full', { cause: error });
  return error;
}
