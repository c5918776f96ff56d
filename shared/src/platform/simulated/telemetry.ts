import type { Facts, Log, Telemetry } from '../../telemetry';
import type { Process } from './process';

/** What a process logs, as part of the run's trace; what it counts, as part of the run's tally. */
export function telemetryFor(process: Process): Telemetry {
  const { note, tally } = process.around;
  const log = (carried: Facts): Log => {
    const line = (level: string, message: string, facts: Facts = {}): void =>
      process.alive
        ? note(process.name, `${level}: ${message} ${JSON.stringify({ ...carried, ...facts })}`)
        : undefined;
    return {
      debug: () => undefined,
      info: (message, facts) => line('info', message, facts),
      warn: (message, facts) => line('warn', message, facts),
      error: (message, error, facts) => line('error', `${message}: ${String(error)}`, facts),
      with: (facts) => log({ ...carried, ...facts }),
    };
  };
  return {
    log: log({}),
    count: (name, value = 1) => (process.alive ? tally(`counted ${name}`, value) : undefined),
    measure: () => undefined,
    span: (_name, _facts, work) => work(),
    traceparent: () => undefined,
  };
}
