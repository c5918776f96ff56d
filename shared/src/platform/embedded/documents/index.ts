export * from './container';
export * from './document-file';
export { serveWrites } from './write-thread';
