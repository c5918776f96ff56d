export * from './bus.contract';
export * from './container.contract';
export * from './database.contract';
export * from './files.contract';
export * from './mail.contract';
export * from './messaging.contract';
export * from './secrets.contract';
