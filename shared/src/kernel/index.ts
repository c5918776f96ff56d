export * from './clock';
export * from './ids';
export * from './instant';
export * from './local-time';
export * from './money';
export * from './refusal';
export * from './settings';
