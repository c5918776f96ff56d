export * from './apple';
export * from './google';
