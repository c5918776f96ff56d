export * from './container';
export * from './document-file';
