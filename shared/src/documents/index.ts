export * from './container';
export * from './faults';
export * from './limits';
