export * from './database';
export * from './faults';
export * from './migration';
export * from './migrate';
