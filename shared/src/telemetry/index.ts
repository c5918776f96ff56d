export * from './console-telemetry';
export * from './log';
export * from './redacting-log';
export { redactFacts, redactText } from './redaction';
export * from './telemetry';
export { currentSpan, parseTraceparent, type RemoteSpan } from './trace-context';
