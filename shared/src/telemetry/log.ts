export type Level = 'debug' | 'info' | 'warn' | 'error';

/** Facts beside a message: ids, counts, codes, durations. Never a name, an address, a token or a body. */
export type Facts = Readonly<Record<string, string | number | boolean | undefined>>;

export interface Log {
  debug(message: string, facts?: Facts): void;
  info(message: string, facts?: Facts): void;
  warn(message: string, facts?: Facts): void;
  /** `error`'s stack is kept; its message is redacted. */
  error(message: string, error: unknown, facts?: Facts): void;
  /** The same log with facts that every line carries. */
  with(facts: Facts): Log;
}
export const Log = Symbol('Log');
