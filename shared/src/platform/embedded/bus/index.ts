export * from './bus';
export * from './tuning';
