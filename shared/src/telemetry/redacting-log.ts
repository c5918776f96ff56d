import type { Facts, Level, Log } from './log';
import { redactFacts, redactText } from './redaction';

/** One line of a log, with nothing in it that must not be there. */
export interface LogRecord {
  readonly level: Level;
  readonly message: string;
  readonly facts: Facts;
  readonly error?: ErrorRecord;
}

export interface ErrorRecord {
  readonly name: string;
  readonly message: string;
  readonly stack?: string;
  readonly cause?: ErrorRecord;
}

const severity: Readonly<Record<Level, number>> = { debug: 10, info: 20, warn: 30, error: 40 };

/** A level's name, as settings spell it; `info` where it is none. */
export const levelOf = (name: string | undefined): Level =>
  name !== undefined && Object.hasOwn(severity, name) ? (name as Level) : 'info';

/** A log that hands redacted records to `sink`: a console, Application Insights. Below `least` it does nothing. */
export function redactingLog(least: Level, sink: (record: LogRecord) => void, always: Facts = {}): Log {
  const say = (level: Level, message: string, facts?: Facts, error?: ErrorRecord): void => {
    if (severity[level] < severity[least]) return;
    const all = redactFacts({ ...always, ...facts });
    sink({ level, message: redactText(message), facts: all, ...(error === undefined ? {} : { error }) });
  };
  return {
    debug: (message, facts) => say('debug', message, facts),
    info: (message, facts) => say('info', message, facts),
    warn: (message, facts) => say('warn', message, facts),
    error: (message, error, facts) => say('error', message, facts, recordOf(error)),
    with: (facts) => redactingLog(least, sink, { ...always, ...facts }),
  };
}

const deepestCause = 4;

/** Whatever was thrown, as it may be kept: its own members, which may be anything, are not. */
export function recordOf(error: unknown, depth = 0): ErrorRecord {
  if (!(error instanceof Error)) return { name: typeof error, message: redactText(String(error)) };
  const { name, message, stack, cause } = error;
  return {
    name,
    message: redactText(message),
    ...(stack === undefined ? {} : { stack: redactText(stack) }),
    ...(cause === undefined || depth === deepestCause ? {} : { cause: recordOf(cause, depth + 1) }),
  };
}
