export * from './fates';
export * from './faults';
export * from './process';
export * from './random';
export * from './schedule';
export * from './stores';
export * from './world';
export * from './stored-container';
