export * from './machine';
export * from './mailbox';
export * from './platform';
export { DataFolderTaken } from './data-folder';
