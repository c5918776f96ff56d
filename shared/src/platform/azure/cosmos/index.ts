export { closeCosmos } from './client';
export { cosmosContainer } from './container';
export { containerDefinition, createContainers } from './create';
export { storedFrom } from './document';
export type { CosmosSettings } from './settings';
