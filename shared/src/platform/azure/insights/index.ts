export type { Transport } from './exporters';
export { azureTelemetry, type ExportedTelemetry, type InsightsSettings } from './telemetry';
