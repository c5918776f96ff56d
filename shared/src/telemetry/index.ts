export * from './log';
export * from './telemetry';
