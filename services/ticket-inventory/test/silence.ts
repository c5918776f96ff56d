import type { Log, Telemetry } from '@boxoffice/shared/telemetry';

const nothing = () => undefined;
const log: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing, with: () => log };

/** A telemetry that hears nothing. */
export const silence: Telemetry = {
  log,
  count: nothing,
  measure: nothing,
  span: (_name, _facts, work) => work(),
  traceparent: nothing,
};
