export * from './facts';
export * from './press';
export * from './receipt-paper';
export * from './ticket-paper';
export * from './when';
