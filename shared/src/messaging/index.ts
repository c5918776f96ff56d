export { measureAge } from './age';
export * from './bus';
export * from './inbox';
export * from './once';
export * from './outbox';
export * from './tables';
