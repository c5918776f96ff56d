export * from '../machine';
export * from './mailbox';
export * from './platform';
export { workerPress, type PrintJob, type PrintResult } from './worker-press';
export { SqliteFile } from './sqlite-file';
export { DataFolderTaken } from './data-folder';
