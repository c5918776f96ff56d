export { serviceBus } from './bus';
export { Connection, type ServiceBusSettings } from './connection';
export { readEnvelope } from './envelope';
export { runConsumer } from './processor';
export { holdBack, type Redelivery } from './redelivery';
