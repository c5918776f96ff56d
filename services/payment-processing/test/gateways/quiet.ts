import type { Log, Telemetry } from '@boxoffice/shared/telemetry';

const nothing = (): void => undefined;
const log: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing, with: () => log };

/** Hears nothing. */
export const quiet: Telemetry = {
  log,
  count: nothing,
  measure: nothing,
  span: (_name, _facts, work) => work(),
  traceparent: () => undefined,
};
