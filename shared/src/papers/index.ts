export * from './facts';
export * from './press';
export * from './receipt-paper';
export * from './seat';
export * from './ticket-paper';
export * from './when';
