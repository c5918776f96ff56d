export { functionApp, type FunctionApp } from './function-app';
export { bindToFunctions, type FunctionsDeps } from './functions';
export { azureTelemetry, type ExportedTelemetry, type InsightsSettings } from './insights';
export { azurePlatform, type Luggage } from './platform';
export { readAzureSettings, type AzureResource, type AzureSettings } from './settings';
export { azureSql } from './sql/azure-sql';
