export * from './facts';
export * from './press';
export { salePaper, type SaleFacts } from './sale-paper';
export * from './seat';
export * from './ticket-paper';
export * from './when';
export { localeOf } from './words';
