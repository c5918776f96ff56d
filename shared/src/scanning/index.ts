export * from './bundle';
export * from './decide';
export * from './keys';
export * from './offline-scanner';
export * from './presence';
export * from './words';
