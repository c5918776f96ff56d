export { clientAddress } from './client-address';
export type { Cors } from './cors';
export * from './dispatcher';
export * from './event-stream';
export { LanguageQuery, languagesWanted } from './language';
export { serveHttp, type HttpServer, type HttpServerOptions } from './node-server';
export * from './paging';
export type { Plain } from './plain';
export { etag } from './preconditions';
export * from './principal';
export { Problem, invalidRequest, type Fault } from './problem';
export * from './route';
export {
  AsBoolean,
  AsNumber,
  IsCurrency,
  IsId,
  IsInstant,
  IsMinorUnits,
  IsPlainText,
  IsSlug,
  IsTimeZone,
} from './validators';
export { openApi, type OpenApiInfo } from './openapi';
export * from './wire';
