/** The services that own data and speak on the bus. */
export const services = [
  'event-management',
  'ticket-inventory',
  'payment-processing',
  'notification',
] as const;
export type ServiceName = (typeof services)[number];
