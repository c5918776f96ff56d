export * from './facts';
export { localeOf } from './languages';
export * from './press';
export * from './seat';
export * from './when';
